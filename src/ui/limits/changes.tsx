import { useQuery } from '@tanstack/react-query';
import type { UserId } from '#domain/ids.ts';
import type { Terms } from '#domain/terms.ts';
import type { NextTerms, TermsChange } from '#use-cases/publish-terms.ts';
import { List, Plain, Quiet, Stack } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';
import { useWorld } from '../sidebar/world.ts';
import { sentencesOf, STARTS_NEW_BUDGETS } from './terms-sentences.ts';

/** More names than these say no more. */
const MOST_NAMES = 10;

/** What publishing would change, member by member: what would hold, and what holds now. */
export function Changes({
  changes,
  from,
  next,
}: {
  readonly changes: readonly TermsChange[];
  readonly from: Terms | null;
  readonly next: NextTerms;
}) {
  const texts = useTexts();
  const { t } = texts;
  const { context } = useWorld();
  // People of the draft, and of limits long ago, may be nobody whom this browser has read yet.
  const moved = [...peopleMoved(from, next, 'leads'), ...peopleMoved(from, next, 'pilot')];
  const ids = [...new Set([...next.leads, ...(from?.leads ?? []), ...moved])].slice(0, 100);
  const people = useQuery({
    queryKey: ['draft-people', ...ids],
    queryFn: () => context.people.get(ids),
    staleTime: Infinity,
  });
  const name = (id: UserId): string => people.data?.get(id)?.name ?? id;
  if (changes.length === 0) return null;
  return (
    <Stack>
      <Plain>{t(from ? 'limits.changes' : 'limits.draft')}</Plain>
      <List>
        {changes.map(({ member }) => {
          const is = sentencesOf(next, member, name, texts);
          const was = from ? sentencesOf(from, member, name, texts) : [];
          return (
            <li key={member}>
              {is
                .filter((sentence) => !was.includes(sentence) || member === 'pilot')
                .map((sentence) => (
                  <Plain key={sentence}>{sentence}</Plain>
                ))}
              {was
                .filter((sentence) => !is.includes(sentence))
                .map((sentence) => (
                  <Quiet key={sentence}>{t('limits.from', { text: sentence })}</Quiet>
                ))}
              {(member === 'leads' || member === 'pilot') && from && (
                <Moved from={from[member]} to={next[member]} name={name} />
              )}
            </li>
          );
        })}
      </List>
      {from && changes.some(({ member }) => STARTS_NEW_BUDGETS.has(member)) && (
        <Plain>{t('limits.newBudgets')}</Plain>
      )}
    </Stack>
  );
}

function peopleMoved(
  from: Terms | null,
  next: NextTerms,
  member: 'leads' | 'pilot',
): readonly UserId[] {
  const [was, is] = [from?.[member] ?? [], next[member] ?? []];
  return [
    ...is.filter((id) => !was.includes(id)).slice(0, MOST_NAMES),
    ...was.filter((id) => !is.includes(id)).slice(0, MOST_NAMES),
  ];
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
