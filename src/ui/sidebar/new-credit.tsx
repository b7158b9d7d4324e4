import { Button } from '@zendeskgarden/react-buttons';
import { forwardRef } from 'react';
import { whyNotAsk } from '#use-cases/may-ask.ts';
import { ownBudget } from '#use-cases/own-budget.ts';
import { all, map } from '../shared/reading.ts';
import { Plain, Skeleton } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';
import type { TicketView } from './use-ticket.ts';
import { useWorld } from './world.ts';

/** The button that opens the form; where it may not be used, why not. */
export const NewCredit = forwardRef<
  HTMLButtonElement,
  {
    readonly view: TicketView;
    /** An earlier ask may still arrive; that is said beside it. */
    readonly unfinished: boolean;
    readonly onOpen: () => void;
  }
>(function NewCredit({ view, unfinished, onOpen }, ref) {
  const { t } = useTexts();
  const { context } = useWorld();
  const facts = all(view.ledger, view.people, view.inForce);
  if (facts.kind === 'reading') return <Skeleton lines={1} />;
  if (facts.kind === 'failed') return <Plain>{t('mayAsk.journal-unknown')}</Plain>;
  const [ledger, people, inForce] = facts.value;
  const me = people.get(context.me);
  const terms = inForce?.terms;
  const budget = map(view.ownSlots, (slots) =>
    me && terms ? ownBudget(me, view.groups, slots, ledger, terms, view.now) : null,
  );
  const why = whyNotAsk(me, inForce, {
    ledger,
    customer: view.customerId,
    budgetKnown: budget.kind === 'reading' || (budget.kind === 'known' && budget.value !== null),
    customerKnown: view.foundSlots.kind !== 'failed',
  });
  if (why) return <Plain>{t(`mayAsk.${why}`)}</Plain>;
  if (unfinished) return null;
  if (budget.kind === 'reading' || view.foundSlots.kind === 'reading')
    return <Skeleton lines={1} />;
  return (
    <div>
      <Button ref={ref} isPrimary isStretched onClick={onOpen}>
        {t('action.newCredit')}
      </Button>
    </div>
  );
});
