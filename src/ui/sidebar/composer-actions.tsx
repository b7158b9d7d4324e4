import { Button } from '@zendeskgarden/react-buttons';
import { useRef, useState } from 'react';
import type { Credit } from '#domain/credit.ts';
import type { UserId } from '#domain/ids.ts';
import { reasonLabel } from '#domain/reason-settings.ts';
import { mentionText, replySentence, waitedFor } from '#use-cases/for-the-composer.ts';
import { HelpdeskError } from '#zendesk/errors.ts';
import type { Person } from '#zendesk/helpdesk.ts';
import { Problem } from '../shared/notice.tsx';
import type { Announce } from '../shared/status.tsx';
import { useTexts } from '../shared/texts.ts';
import { useSettings } from './use-settings.ts';
import { useWorld } from './world.ts';

/** Puts text into Zendesk's composer, says what came of it, and sends nothing. */
function useComposer(kind: 'note' | 'reply', announce: Announce) {
  const { t } = useTexts();
  const { host } = useWorld();
  const busy = useRef(false);
  const [problem, setProblem] = useState<string | null>(null);
  const put = async (text: () => string | Promise<string>): Promise<void> => {
    if (busy.current) return;
    busy.current = true;
    setProblem(null);
    try {
      const outcome = await host.compose(kind, await text());
      announce(outcome === 'put' ? t(`composer.${kind}Put`) : null);
      if (outcome === 'unreachable') setProblem(t('composer.unreachable'));
      if (outcome === 'other-draft') setProblem(t(`composer.${kind}Blocked`));
    } catch (cause) {
      if (!(cause instanceof HelpdeskError)) throw cause;
      announce(null);
      setProblem(t(`failed.${cause.code}`));
    } finally {
      busy.current = false;
    }
  };
  return { put, problem: problem !== null && <Problem type="warning">{problem}</Problem> };
}

/** For accounts in which a mention that the app wrote notifies nobody. */
export function MentionInComposer({
  credit,
  name,
  announce,
}: {
  readonly credit: Credit;
  readonly name: (id: UserId) => string;
  readonly announce: Announce;
}) {
  const { t } = useTexts();
  const { context } = useWorld();
  const { put, problem } = useComposer('note', announce);
  if (waitedFor(credit).length === 0) return null;
  return (
    <>
      <div>
        <Button
          size="small"
          isBasic
          onClick={() => {
            void put(async () => mentionText(await context.notes(), credit, name));
          }}
        >
          {t('action.mention')}
        </Button>
      </div>
      {problem}
    </>
  );
}

/** Tells the customer of a posted credit, in the reply that the agent is writing. */
export function SentenceForCustomer({
  credit,
  customer,
  announce,
}: {
  readonly credit: Credit;
  readonly customer: Person;
  readonly announce: Announce;
}) {
  const { t } = useTexts();
  const settings = useSettings();
  const { put, problem } = useComposer('reply', announce);
  const { reason: key } = credit.offer;
  const reason = settings?.reasons.find((each) => each.key === key);
  const sentence =
    settings &&
    replySentence(settings.replyTemplates, credit, customer, (locale) =>
      reason ? reasonLabel(reason, locale) : key,
    );
  if (sentence === null) return null;
  return (
    <>
      <div>
        <Button
          size="small"
          onClick={() => {
            void put(() => sentence);
          }}
        >
          {t('action.tellCustomer')}
        </Button>
      </div>
      {problem}
    </>
  );
}
