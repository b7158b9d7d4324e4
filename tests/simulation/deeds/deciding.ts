import type { CreditId, TicketId, UserId } from '#domain/ids.ts';
import { type Step, takeStep } from '#use-cases/take-step.ts';
import type { Tab } from '../browser.ts';
import type { CheckedCredit } from '../checker/ledger.ts';
import { lifeAt } from '../checker/ledger.ts';
import { pairSigns } from '../checker/pair-signs.ts';
import type { Told } from '../checker/told.ts';
import { anyTabOf, begin, type World } from '../world.ts';
import { termsNow } from './asking.ts';
import { outcomeOf } from './shown.ts';

/** Somebody takes a step on a credit that they see. */
export function beginStep(world: World, tab: Tab, credit: CheckedCredit, step: Step): Told {
  const { context } = tab;
  const despite = world.chance.percent(80);
  const act = async () => {
    const names = new Map<UserId, string>();
    const seen = {
      ticket: credit.ticket as TicketId,
      credit: credit.id as CreditId,
      digest: credit.digest,
    };
    const outcome = await takeStep(context, names, seen, step);
    // What is doubtful about the maker's budget is shown first; most people approve all the same.
    if (outcome.kind !== 'doubtful' || !despite) return outcome;
    tab.made.length = 0;
    return takeStep(context, names, seen, { type: 'approve', despite });
  };
  const about = {
    ticket: credit.ticket,
    credit: credit.id,
    pairSigns:
      step.type === 'approve'
        ? pairSigns(world.zendesk.state, credit.request.offer.maker, String(tab.browser.user))
        : undefined,
  };
  return begin(world, tab, step.type, about, act, outcomeOf);
}

/** Open credits on tickets that take updates. */
export function waitingCredits(world: World): readonly CheckedCredit[] {
  const now = world.clock.now();
  return world.tickets
    .flatMap((ticket) => [...world.ledgers.of(String(ticket)).credits.values()])
    .filter((credit) => lifeAt(credit, now) === 'open');
}

export function postedCredits(world: World): readonly CheckedCredit[] {
  return world.tickets
    .flatMap((ticket) => [...world.ledgers.of(String(ticket)).credits.values()])
    .filter(({ life }) => life === 'posted');
}

/** Somebody who may well decide it: asked, a lead, or any colleague. */
export function someChecker(world: World, credit: CheckedCredit): number {
  const { chance, cast } = world;
  const colleagues = [...cast.makers, ...cast.leads, ...cast.admins];
  const leads = (termsNow(world)?.leads ?? []).map(Number);
  const asked = [...credit.asked].map(Number);
  const pool = chance.weighted([
    [7, asked],
    [credit.band === 'lead' || credit.declinedBy !== null ? 6 : 1, leads],
    [2, colleagues],
  ]);
  return chance.pick(pool.length > 0 ? pool : colleagues);
}

const leadsToAsk = (world: World, credit: CheckedCredit): UserId[] =>
  world.chance.some(
    (termsNow(world)?.leads ?? []).filter((id) => id !== credit.request.offer.maker),
    2,
  ) as UserId[];

export function someStep(world: World, credit: CheckedCredit): { who: number; step: Step } {
  const { chance, cast } = world;
  const maker = Number(credit.request.offer.maker);
  const kind = chance.weighted([
    [10, 'approve'],
    [3, 'decline'],
    [2, 'withdraw'],
    [2, 'ask'],
    [2, 'ask-lead'],
  ] as const);
  switch (kind) {
    case 'approve':
      return { who: someChecker(world, credit), step: { type: 'approve' } };
    case 'decline':
      return { who: someChecker(world, credit), step: { type: 'decline', reason: 'Too much.' } };
    case 'withdraw':
      return {
        who: chance.percent(90) ? maker : someChecker(world, credit),
        step: { type: 'withdraw' },
      };
    case 'ask': {
      const asked = chance.some([...cast.makers, ...cast.leads], 2).map(String) as UserId[];
      return { who: maker, step: { type: 'ask', lead: false, asked } };
    }
    case 'ask-lead':
      return {
        who: chance.percent(70) ? maker : someChecker(world, credit),
        step: { type: 'ask', lead: true, asked: leadsToAsk(world, credit) },
      };
  }
}

export function beginSomeStep(world: World): Told | null {
  const credits = waitingCredits(world);
  if (credits.length === 0) return null;
  const credit = world.chance.pick(credits);
  const { who, step } = someStep(world, credit);
  return beginStep(world, anyTabOf(world, who), credit, step);
}

export function beginReverse(world: World): Told | null {
  const credits = postedCredits(world);
  if (credits.length === 0) return null;
  const { chance } = world;
  const credit = chance.pick(credits);
  const leads = (termsNow(world)?.leads ?? []).map(Number);
  const maker = Number(credit.request.offer.maker);
  const who = chance.percent(50) && leads.length > 0 ? chance.pick(leads) : maker;
  return beginStep(world, anyTabOf(world, who), credit, { type: 'reverse', reason: 'Sent twice.' });
}
