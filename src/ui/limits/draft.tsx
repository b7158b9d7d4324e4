import { Button } from '@zendeskgarden/react-buttons';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Mistake } from '#domain/settings.ts';
import type { TermsEntry, TermsHistory } from '#domain/terms.ts';
import {
  type AffirmOutcome,
  affirmTerms,
  type NextTerms,
  preparePublishing,
  type PublishOutcome,
  publishTerms,
  type TermsChange,
} from '#use-cases/publish-terms.ts';
import { Problem } from '../shared/notice.tsx';
import { readingOf, valueOf } from '../shared/reading.ts';
import { Failed } from '../shared/failed.tsx';
import { List, Plain, Quiet, Skeleton, Stack } from '../shared/region.tsx';
import { type Texts, useTexts } from '../shared/texts.ts';
import { Status, type Told as Heard } from '../shared/status.tsx';
import { rereadTerms } from '../sidebar/own-writes.ts';
import type { TicketView } from '../sidebar/use-ticket.ts';
import { useWorld } from '../sidebar/world.ts';
import { FrozenLimits } from './frozen-limits.tsx';
import { mistakeText } from './mistake-text.ts';
import { sentencesOf, STARTS_NEW_BUDGETS } from './terms-sentences.ts';

/** For admins: what publishing the settings would change, and the buttons that do it. */
export function Draft({
  view,
  history,
}: {
  readonly view: TicketView;
  readonly history: TermsHistory;
}) {
  const texts = useTexts();
  const { t } = texts;
  const { context, host, shared } = useWorld();
  const client = useQueryClient();
  const busy = useRef(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [heard, setHeard] = useState<Heard | null>(null);
  const read = useQuery({
    queryKey: ['publishing', host.settings],
    queryFn: () => preparePublishing(context, host.settings),
    staleTime: 0,
    gcTime: 0,
  });
  const publishing = readingOf(read);

  const after = async (told: Told): Promise<void> => {
    setHeard(told.success === null ? null : { text: told.success, kind: 'success' });
    setProblem(told.problem);
    await rereadTerms(client, shared);
    await client.invalidateQueries({ queryKey: ['publishing'] });
  };
  const publish = useMutation({
    mutationFn: (next: NextTerms) =>
      publishTerms(context, next, valueOf(publishing)?.history.length ?? history.length),
    onSuccess: (outcome) => after(tellPublish(outcome, texts)),
    onSettled: () => {
      busy.current = false;
    },
  });
  const affirm = useMutation({
    mutationFn: (entry: TermsEntry) => affirmTerms(context, entry),
    onSuccess: (outcome, entry) => after(tellAffirm(outcome, entry.number, texts)),
    onSettled: () => {
      busy.current = false;
    },
  });
  const isPending = publish.isPending || affirm.isPending;
  const once = (act: () => void): void => {
    if (busy.current) return;
    busy.current = true;
    setProblem(null);
    setHeard({ text: t('limits.publishing'), kind: 'progress' });
    act();
  };

  const base = valueOf(publishing)?.base ?? null;
  const isFrozen = valueOf(publishing)?.inForce?.state === 'frozen';
  return (
    <Stack>
      <FrozenLimits
        history={history}
        disabled={isPending}
        onAffirm={(entry) => {
          once(() => {
            affirm.mutate(entry);
          });
        }}
      />
      {publishing.kind === 'reading' && <Skeleton lines={4} />}
      {publishing.kind === 'failed' && <Failed what={t('limits.failed')} {...publishing} />}
      {publishing.kind === 'known' && (
        <>
          <Mistakes mistakes={publishing.value.mistakes} />
          {publishing.value.next && publishing.value.changes.length === 0 && (
            <Quiet>
              {isFrozen && base
                ? t('limits.sameAsBefore', { number: base.number })
                : t('limits.same')}
            </Quiet>
          )}
          {publishing.value.next && (isFrozen || publishing.value.changes.length > 0) && (
            <Changes
              changes={publishing.value.changes}
              from={base}
              next={publishing.value.next}
              view={view}
              disabled={isPending || read.isFetching}
              onPublish={(next) => {
                once(() => {
                  publish.mutate(next);
                });
              }}
            />
          )}
        </>
      )}
      <Status told={heard} />
      {problem !== null && <Problem>{problem}</Problem>}
    </Stack>
  );
}

function Changes({
  changes,
  from,
  next,
  view,
  disabled,
  onPublish,
}: {
  readonly changes: readonly TermsChange[];
  readonly from: NextTerms | null;
  readonly next: NextTerms;
  readonly view: TicketView;
  readonly disabled: boolean;
  readonly onPublish: (next: NextTerms) => void;
}) {
  const texts = useTexts();
  const { t } = texts;
  const people = valueOf(view.people);
  const { context } = useWorld();
  // Leads of the draft may be people whom nobody has read yet: the group's members are named by it.
  const leads = useQuery({
    queryKey: ['draft-leads', ...next.leads],
    queryFn: () => context.people.get(next.leads),
    staleTime: Infinity,
  });
  const name = (id: (typeof next.leads)[number]): string =>
    people?.get(id)?.name ?? leads.data?.get(id)?.name ?? id;
  return (
    <Stack>
      {changes.length > 0 && <Plain>{t(from ? 'limits.changes' : 'limits.draft')}</Plain>}
      <List>
        {changes.map(({ member }) => (
          <li key={member}>
            {sentencesOf(next, member, name, texts).map((sentence) => (
              <Plain key={sentence}>{sentence}</Plain>
            ))}
            {from &&
              sentencesOf(from, member, name, texts).map((sentence) => (
                <Quiet key={sentence}>{t('limits.from', { text: sentence })}</Quiet>
              ))}
          </li>
        ))}
      </List>
      {from && changes.some(({ member }) => STARTS_NEW_BUDGETS.has(member)) && (
        <Plain>{t('limits.newBudgets')}</Plain>
      )}
      <div>
        <Button
          isPrimary
          disabled={disabled}
          onClick={() => {
            onPublish(next);
          }}
        >
          {t('action.publish')}
        </Button>
      </div>
    </Stack>
  );
}

function Mistakes({ mistakes }: { readonly mistakes: readonly Mistake[] }) {
  const { t } = useTexts();
  if (mistakes.length === 0) return null;
  return (
    <Problem title={t('limits.mistakes')}>
      <List>
        {mistakes.map((mistake, index) => (
          <li key={`${mistake.setting}-${String(index)}`}>{mistakeText(mistake, t)}</li>
        ))}
      </List>
    </Problem>
  );
}

interface Told {
  readonly success: string | null;
  readonly problem: string | null;
}

function tellPublish(outcome: PublishOutcome, { t }: Texts): Told {
  switch (outcome.kind) {
    case 'published':
      return { success: t('limits.published', { number: outcome.number }), problem: null };
    case 'overtaken':
      return { success: null, problem: t('limits.overtaken') };
    case 'unknown':
      return { success: null, problem: t('limits.publishUnknown') };
    case 'failed':
      return {
        success: null,
        problem: t('limits.publishFailed', { why: t(`failed.${outcome.code}`) }),
      };
  }
}

function tellAffirm(outcome: AffirmOutcome, number: number, { t }: Texts): Told {
  return outcome.kind === 'affirmed'
    ? { success: t('limits.affirmed', { number }), problem: null }
    : { success: null, problem: t('limits.affirmFailed', { why: t(`failed.${outcome.code}`) }) };
}
