import { Button } from '@zendeskgarden/react-buttons';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Mistake } from '#domain/settings.ts';
import type { TermsEntry, TermsHistory } from '#domain/terms.ts';
import {
  type AffirmOutcome,
  affirmTerms,
  type NextTerms,
  type PublishOutcome,
  publishTerms,
} from '#use-cases/publish-terms.ts';
import { Problem } from '../shared/notice.tsx';
import { readingOf, valueOf } from '../shared/reading.ts';
import { Failed } from '../shared/failed.tsx';
import { List, Quiet, Skeleton, Stack } from '../shared/region.tsx';
import { type Texts, useTexts } from '../shared/texts.ts';
import { Status, type Told as Heard } from '../shared/status.tsx';
import { rereadTerms } from '../sidebar/own-writes.ts';
import { useWorld } from '../sidebar/world.ts';
import { Changes } from './changes.tsx';
import { FrozenLimits } from './frozen-limits.tsx';
import { Impact } from './impact.tsx';
import { mistakeText } from './mistake-text.ts';
import { OnDemand } from './on-demand.tsx';
import { usePublishing } from './use-publishing.ts';

/** What publishing the settings would change; for admins also the buttons that do it. */
export function Draft({
  isAdmin,
  history,
}: {
  readonly isAdmin: boolean;
  readonly history: TermsHistory;
}) {
  const texts = useTexts();
  const { t } = texts;
  const { context, shared } = useWorld();
  const client = useQueryClient();
  const busy = useRef(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [heard, setHeard] = useState<Heard | null>(null);
  const read = usePublishing();
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
      {isAdmin && (
        <FrozenLimits
          history={history}
          disabled={isPending}
          onAffirm={(entry) => {
            once(() => {
              affirm.mutate(entry);
            });
          }}
        />
      )}
      {publishing.kind === 'reading' && <Skeleton lines={4} />}
      {publishing.kind === 'failed' && <Failed what={t('limits.failed')} {...publishing} />}
      {publishing.kind === 'known' && (
        <>
          {isAdmin ? (
            <Mistakes mistakes={publishing.value.mistakes} />
          ) : (
            publishing.value.mistakes.length > 0 && <Quiet>{t('limits.mistakesHidden')}</Quiet>
          )}
          {publishing.value.next && publishing.value.changes.length === 0 && (
            <Quiet>
              {isFrozen && base
                ? t('limits.sameAsBefore', { number: base.number })
                : t('limits.same')}
            </Quiet>
          )}
          {publishing.value.next && (isFrozen || publishing.value.changes.length > 0) && (
            <>
              <Changes
                changes={publishing.value.changes}
                from={base}
                next={publishing.value.next}
              />
              {publishing.value.changes.length > 0 && (
                <OnDemand label={t('limits.impact.open')}>
                  <Impact from={base} next={publishing.value.next} />
                </OnDemand>
              )}
              {isAdmin && (
                <Publish
                  next={publishing.value.next}
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
        </>
      )}
      <Status told={heard} />
      {problem !== null && <Problem>{problem}</Problem>}
    </Stack>
  );
}

function Publish({
  next,
  disabled,
  onPublish,
}: {
  readonly next: NextTerms;
  readonly disabled: boolean;
  readonly onPublish: (next: NextTerms) => void;
}) {
  const { t } = useTexts();
  return (
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
