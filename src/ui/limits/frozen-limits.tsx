import { Button } from '@zendeskgarden/react-buttons';
import { Checkbox, Field } from '@zendeskgarden/react-forms';
import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import type { UserId } from '#domain/ids.ts';
import type { Terms, TermsEntry, TermsHistory } from '#domain/terms.ts';
import { wereSeenGood } from '#use-cases/terms-history.ts';
import type { Person } from '#zendesk/helpdesk.ts';
import { Problem } from '../shared/notice.tsx';
import { Plain, Quiet, Stack, Strong } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';
import { useWorld } from '../sidebar/world.ts';
import { AllSentences } from './all-sentences.tsx';
import { ShowOlder } from './show-older.tsx';

type Affirmable = TermsEntry & { readonly terms: Terms };

const canBeAffirmed = (entry: TermsEntry): entry is Affirmable =>
  entry.state === 'frozen' && entry.terms !== null;

/** Anybody can write records: a thousand forged ones must not fill the screen. */
const AT_A_TIME = 3;

/**
 * The frozen limits that an admin can affirm, newest first, each with all that it says and who wrote
 * it: whoever affirms puts their own name under it.
 */
export function FrozenLimits({
  history,
  disabled,
  onAffirm,
}: {
  readonly history: TermsHistory;
  readonly disabled: boolean;
  readonly onAffirm: (entry: TermsEntry) => void;
}) {
  const { t } = useTexts();
  const [shown, setShown] = useState(AT_A_TIME);
  const frozen = history.filter(canBeAffirmed).reverse();
  return (
    <>
      {frozen.slice(0, shown).map((entry) => (
        <Frozen key={entry.number} entry={entry} disabled={disabled} onAffirm={onAffirm} />
      ))}
      {frozen.length > shown && (
        <ShowOlder
          label={t('limits.affirm.older')}
          onShow={() => {
            setShown(shown + AT_A_TIME);
          }}
        />
      )}
    </>
  );
}

function Frozen({
  entry,
  disabled,
  onAffirm,
}: {
  readonly entry: Affirmable;
  readonly disabled: boolean;
  readonly onAffirm: (entry: TermsEntry) => void;
}) {
  const { t, dayAndTime } = useTexts();
  const { context } = useWorld();
  const id = useId();
  const [isKnown, setIsKnown] = useState(false);
  const { terms, record, number } = entry;
  const ids = [record?.createdBy, record?.updatedBy, ...terms.leads].filter(
    (one) => one !== null && one !== undefined,
  );
  const read = useQuery({
    queryKey: ['terms-writers', ...ids],
    queryFn: () => context.people.get(ids),
    staleTime: Infinity,
  });
  const people: ReadonlyMap<UserId, Person> = read.data ?? new Map<UserId, Person>();
  const name = (one: UserId): string => people.get(one)?.name ?? one;
  const creator = personOf(record?.createdBy, people);
  const writer = personOf(record?.updatedBy, people);
  const seen = wereSeenGood(context.memory, terms);
  const doubtful = !seen && !read.isFetching;
  return (
    <Stack role="group" aria-labelledby={id}>
      <Strong id={id}>{t('limits.affirm.title', { number })}</Strong>
      {record ? (
        <>
          <Quiet>
            {t(creator ? 'limits.affirm.created' : 'limits.affirm.createdUnknown', {
              when: dayAndTime(record.createdAt),
              name: creator?.name ?? '',
            })}
          </Quiet>
          <Quiet>
            {t(writer ? 'limits.affirm.written' : 'limits.affirm.writtenUnknown', {
              when: dayAndTime(record.updatedAt),
              name: writer?.name ?? '',
            })}
          </Quiet>
        </>
      ) : (
        <Quiet>{t('limits.affirm.gone')}</Quiet>
      )}
      {seen && <Quiet>{t('limits.affirm.seen')}</Quiet>}
      {doubtful && (
        <Problem title={t('limits.affirm.look')}>
          {read.isError && <Plain>{t('limits.affirm.failed')}</Plain>}
          {record && creator?.role !== 'admin' && (
            <Plain>
              {creator
                ? t('limits.affirm.creatorNotAdmin', { name: creator.name })
                : t('limits.affirm.creatorUnknown')}
            </Plain>
          )}
          {record && writer?.role !== 'admin' && (
            <Plain>
              {writer
                ? t('limits.affirm.writerNotAdmin', { name: writer.name })
                : t('limits.affirm.writerUnknown')}
            </Plain>
          )}
          {entry.state === 'frozen' && entry.why === 'altered' && (
            <Plain>{t('limits.affirm.altered')}</Plain>
          )}
          <Plain>{t('limits.affirm.unseen')}</Plain>
          <Plain>{t('limits.affirm.else')}</Plain>
        </Problem>
      )}
      <AllSentences terms={terms} name={name} />
      {doubtful && (
        <Field>
          <Checkbox
            checked={isKnown}
            onChange={({ target }) => {
              setIsKnown(target.checked);
            }}
          >
            <Field.Label isRegular>{t('limits.affirm.known')}</Field.Label>
          </Checkbox>
        </Field>
      )}
      {(seen || isKnown) && (
        <div>
          <Button
            size="small"
            disabled={disabled}
            onClick={() => {
              onAffirm(entry);
            }}
          >
            {t('action.affirm', { number })}
          </Button>
        </div>
      )}
    </Stack>
  );
}

const personOf = (
  id: UserId | null | undefined,
  people: ReadonlyMap<UserId, Person>,
): Person | null => (id ? (people.get(id) ?? null) : null);
