import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import type { Credit } from '#domain/credit.ts';
import type { UserId } from '#domain/ids.ts';
import type { Step, StepOutcome } from '#use-cases/take-step.ts';
import type { Person } from '#zendesk/helpdesk.ts';
import { rereadJournal, rereadOwnSlots, showJournal } from './own-writes.ts';
import { useWorld } from './world.ts';

/** Takes a step on a credit and shows at once what came of it. A second click while one is under way does nothing. */
export function useStep(
  credit: Credit,
  people: ReadonlyMap<UserId, Person>,
  told: (step: Step, outcome: StepOutcome) => void,
) {
  const { context, host, shared, takeStep } = useWorld();
  const client = useQueryClient();
  const busy = useRef(false);
  // How long the credit's timeline is since our own last step. A screen that shows less is behind: a
  // second click may come between the answer and the next painting.
  const taken = useRef(0);
  const ticket = host.ticket.id;
  const { mutate, isPending } = useMutation({
    mutationFn: async (step: Step): Promise<StepOutcome> => {
      const names = new Map([...people].map(([id, { name }]) => [id, name]));
      const seen = { ticket, credit: credit.id, digest: credit.digest };
      return takeStep(context, names, seen, step);
    },
    onSuccess: (outcome, step) => {
      if (outcome.kind === 'done') {
        taken.current = outcome.credit.timeline.length;
        showJournal(client, ticket, { audits: outcome.audits, at: context.clock.now() });
        if (credit.offer.maker === context.me) void rereadOwnSlots(client, shared);
      } else void rereadJournal(client, ticket);
      told(step, outcome);
    },
    onSettled: () => {
      busy.current = false;
    },
  });
  return {
    isPending,
    /** @returns whether it is being taken: not while another is, nor from a screen that is behind */
    take: (step: Step): boolean => {
      if (busy.current || credit.timeline.length < taken.current) return false;
      busy.current = true;
      mutate(step);
      return true;
    },
  };
}
