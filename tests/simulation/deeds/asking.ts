import type { TicketId, UserId } from '#domain/ids.ts';
import type { Minor } from '#domain/money.ts';
import type { Currency } from '#domain/currencies.ts';
import type { Band } from '#domain/policy.ts';
import { requestCredit } from '#use-cases/request-credit.ts';
import type { Tab } from '../browser.ts';
import { periodKey } from '../checker/calendar.ts';
import { holds, lifeAt } from '../checker/ledger.ts';
import {
  type CheckedLimits,
  type CheckedTerms,
  groupsOf,
  inForceAt,
  tierOf,
} from '../checker/terms-record.ts';
import type { Told } from '../checker/told.ts';
import { begin, type World } from '../world.ts';
import { outcomeOf } from './shown.ts';

const NOTES = ['', 'Nine days late.', 'Cafe\u0301, "quoted"', '{{ticket.id}} {% x %}', '<b>ü</b>'];

export function termsNow({ ledgers, clock }: World): CheckedTerms | null {
  return inForceAt(ledgers.terms(), clock.now())?.terms ?? null;
}

export function limitsFor(world: World, terms: CheckedTerms, user: number): CheckedLimits {
  const { state } = world.zendesk;
  const tags = state.users[String(user)]?.tags ?? [];
  return tierOf(terms, { tags, groups: groupsOf(state, String(user)) })?.limits ?? terms.limits;
}

/** What a maker's slots of the period hold, as the raw records say. */
export function slotsHold(world: World, user: number, terms: CheckedTerms): number {
  const prefix = `${periodKey(world.clock.now(), terms)}/${String(user)}/`;
  let held = 0;
  for (const record of Object.values(world.zendesk.state.records['leeway_credit'] ?? {})) {
    if (!record.external_id?.startsWith(prefix)) continue;
    const { status, amount_minor: amount } = record.custom_object_fields;
    const spends = ['leeway_reserved', 'leeway_posted', 'leeway_reversed_late'];
    if (spends.includes(String(status))) held += Number(amount);
  }
  return held;
}

/** An amount worth trying: small, at a limit, one above it, or all that is left. */
function someAmount(world: World, user: number, terms: CheckedTerms): number {
  const { chance } = world;
  const { self, cosign, hard, budget } = limitsFor(world, terms, user);
  const left = budget - slotsHold(world, user, terms);
  const amount = chance.weighted([
    [6, chance.whole(1, Math.max(1, Math.floor(cosign / 3)))],
    [3, self || 1],
    [2, self + 1],
    [2, cosign],
    [1, cosign + 1],
    [1, chance.pick([hard, hard + 1])],
    [2, left],
    [1, left + 1],
  ]);
  return Math.max(1, Math.floor(amount));
}

function heldOnTicket(world: World, ticket: number, customer: string): number {
  const now = world.clock.now();
  return [...world.ledgers.of(String(ticket)).credits.values()]
    .filter(({ request }) => request.offer.customer === customer)
    .filter((credit) => holds(lifeAt(credit, now)))
    .reduce((sum, { request }) => sum + request.offer.amount_minor, 0);
}

function guessedBand(limits: CheckedLimits, total: number, exceptional: boolean): Band {
  if (total > limits.cosign) return 'lead';
  return total > limits.self || exceptional ? 'peer' : 'self';
}

function whomToAsk(world: World, maker: number, band: Band, terms: CheckedTerms): UserId[] {
  const { chance, cast } = world;
  if (band === 'self') return [];
  const colleagues = [...cast.makers, ...cast.leads, ...cast.admins].map(String);
  const pool = (band === 'lead' ? terms.leads : colleagues).filter((id) => id !== String(maker));
  const needed = band === 'lead' ? 1 : terms.cosigners;
  const count = chance.percent(5) ? needed - 1 : chance.whole(needed, Math.min(5, needed + 2));
  return chance.some(pool, count) as UserId[];
}

/** A maker asks for a credit, and asks again when the band was another than the button said. */
export function beginAsk(
  world: World,
  tab: Tab,
  ticket: number,
  more: { readonly amount?: number } = {},
): Told | null {
  const { chance, zendesk } = world;
  const terms = termsNow(world);
  const customer = String(zendesk.state.tickets[String(ticket)]?.requester_id);
  const user = tab.browser.user;
  if (!terms) return null;
  const amount = more.amount ?? someAmount(world, user, terms);
  const exception = chance.percent(12) ? 'She waited for weeks.' : '';
  const limits = limitsFor(world, terms, user);
  const total = heldOnTicket(world, ticket, customer) + amount;
  let band = guessedBand(limits, total, exception !== '');
  const note = chance.pick(NOTES);
  const act = async () => {
    for (let tries = 1; ; tries += 1) {
      const outcome = await requestCredit(tab.context, {
        ticket: String(ticket) as TicketId,
        customer: customer as UserId,
        amount: { minor: amount as Minor, currency: terms.currency as Currency },
        reason: 'late-delivery',
        reasonLabel: () => 'Late delivery',
        note,
        exception,
        asked: whomToAsk(world, user, band, terms),
        seenBand: band,
        form: { amount: String(amount), reason: 'late-delivery', note, exception },
      });
      if (outcome.kind !== 'changed' || tries === 2) return outcome;
      band = outcome.decision.band;
    }
  };
  return begin(world, tab, 'request', { ticket: String(ticket), credit: null }, act, outcomeOf);
}
