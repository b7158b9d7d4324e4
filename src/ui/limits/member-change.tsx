import type { UserId } from '#domain/ids.ts';
import type { Terms } from '#domain/terms.ts';
import type { NextTerms } from '#use-cases/publish-terms.ts';
import { Plain, Quiet } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';
import { sentencesOf } from './terms-sentences.ts';

/** More names than these say no more. */
const MOST_NAMES = 10;

/** What one member of the terms says now, what it said before, and who came into its list or left it. */
export function MemberChange({
  member,
  from,
  to,
  was: before,
  name,
}: {
  readonly member: keyof NextTerms;
  /** null: there was nothing before. */
  readonly from: Terms | null;
  readonly to: NextTerms | Terms;
  /** How what it said before is introduced. */
  readonly was: 'limits.from' | 'limits.history.from';
  readonly name: (id: UserId) => string;
}) {
  const texts = useTexts();
  const { t } = texts;
  const is = sentencesOf(to, member, name, texts);
  const was = from ? sentencesOf(from, member, name, texts) : [];
  return (
    <>
      {is
        // Other people can be as many as before: the sentence is the same, and yet it is news.
        .filter((sentence) => !was.includes(sentence) || member === 'pilot')
        .map((sentence) => (
          <Plain key={sentence}>{sentence}</Plain>
        ))}
      {was
        .filter((sentence) => !is.includes(sentence))
        .map((sentence) => (
          <Quiet key={sentence}>{t(before, { text: sentence })}</Quiet>
        ))}
      {(member === 'leads' || member === 'pilot') && from && (
        <Moved from={from[member]} to={to[member]} name={name} />
      )}
    </>
  );
}

function Moved({
  from,
  to,
  name,
}: {
  readonly from: readonly UserId[] | null;
  readonly to: readonly UserId[] | null;
  readonly name: (id: UserId) => string;
}) {
  const { t, list } = useTexts();
  if (from === null || to === null) return null;
  const named = (ids: readonly UserId[]): string =>
    list([
      ...ids.slice(0, MOST_NAMES).map(name),
      ...(ids.length > MOST_NAMES ? [t('limits.andMore', { count: ids.length - MOST_NAMES })] : []),
    ]);
  const added = to.filter((id) => !from.includes(id));
  const removed = from.filter((id) => !to.includes(id));
  return (
    <>
      {added.length > 0 && <Quiet>{t('limits.added', { people: named(added) })}</Quiet>}
      {removed.length > 0 && <Quiet>{t('limits.removed', { people: named(removed) })}</Quiet>}
    </>
  );
}

/** Those that a {@link MemberChange} names as added or removed. */
export const peopleMoved = (from: Terms | null, to: NextTerms | Terms): readonly UserId[] =>
  (['leads', 'pilot'] as const).flatMap((member) => {
    const [was, is] = [from?.[member] ?? [], to[member] ?? []];
    return [
      ...is.filter((id) => !was.includes(id)).slice(0, MOST_NAMES),
      ...was.filter((id) => !is.includes(id)).slice(0, MOST_NAMES),
    ];
  });
