import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { UserId } from '#domain/ids.ts';
import type { Terms, TermsEntry, TermsHistory } from '#domain/terms.ts';
import { changesFrom } from '#use-cases/publish-terms.ts';
import { Failed } from '../shared/failed.tsx';
import { readingOf } from '../shared/reading.ts';
import { List, Plain, Quiet, Skeleton, Stack, Strong } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';
import { useNames } from '../sidebar/use-people.ts';
import { useWorld } from '../sidebar/world.ts';
import { MemberChange, peopleMoved } from './member-change.tsx';
import { ShowOlder } from './show-older.tsx';

const AT_A_TIME = 5;

/** The limits so far, newest first: who published them, when, and what they changed. */
export function History({ history }: { readonly history: TermsHistory }) {
  const { t } = useTexts();
  const { context } = useWorld();
  const [shown, setShown] = useState(AT_A_TIME);
  const newest = [...history].reverse().slice(0, shown);
  const ids = [
    ...new Set(
      newest
        .flatMap(({ record, terms, number }) => [
          record?.createdBy ?? null,
          ...(terms?.leads ?? []),
          ...(terms ? peopleMoved(termsBefore(history, number), terms) : []),
        ])
        .filter((id) => id !== null),
    ),
  ];
  const read = useQuery({
    queryKey: ['terms-writers', ...ids],
    queryFn: () => context.people.get(ids),
    staleTime: Infinity,
  });
  const people = readingOf(read);
  const name = useNames(read.data ?? null);
  if (people.kind === 'reading') return <Skeleton lines={4} />;
  return (
    <Stack>
      <Strong>{t('limits.history.title')}</Strong>
      {people.kind === 'failed' && <Failed what={t('limits.history.failed')} {...people} />}
      <List aria-label={t('limits.history.title')}>
        {newest.map((entry) => (
          <li key={entry.number}>
            <Entry
              entry={entry}
              before={termsBefore(history, entry.number)}
              publisher={publisherOf(entry, name)}
              name={name}
            />
          </li>
        ))}
      </List>
      {history.length > shown && (
        <ShowOlder
          label={t('limits.history.more')}
          onShow={() => {
            setShown(shown + AT_A_TIME);
          }}
        />
      )}
    </Stack>
  );
}

function publisherOf({ record }: TermsEntry, name: (id: UserId) => string): string | null {
  const id = record?.createdBy ?? null;
  return id === null ? null : name(id);
}

/** The terms whose place these took: the last before them that are not known to be nobody's. */
const termsBefore = (history: TermsHistory, number: number): Terms | null =>
  history.findLast((entry) => entry.number < number && entry.state === 'good')?.terms ?? null;

function Entry({
  entry,
  before,
  publisher,
  name,
}: {
  readonly entry: TermsEntry;
  readonly before: Terms | null;
  readonly publisher: string | null;
  readonly name: (id: UserId) => string;
}) {
  const { t, dayAndTime } = useTexts();
  const { terms, number } = entry;
  const changes = terms ? changesFrom(before, terms) : [];
  return (
    <>
      <Plain>
        {terms
          ? t(publisher === null ? 'limits.history.publishedUnknown' : 'limits.history.published', {
              number,
              date: dayAndTime(terms.startsAt),
              name: publisher ?? '',
            })
          : t('limits.history.lost', { number })}
      </Plain>
      {entry.state === 'frozen' && <Quiet>{t(`limits.frozen.${entry.why}`, { number })}</Quiet>}
      {terms && !before && <Quiet>{t('limits.history.first')}</Quiet>}
      {before && changes.length === 0 && <Quiet>{t('limits.history.same')}</Quiet>}
      {terms &&
        before &&
        changes.map(({ member }) => (
          <MemberChange
            key={member}
            member={member}
            from={before}
            to={terms}
            was="limits.history.from"
            name={name}
          />
        ))}
    </>
  );
}
