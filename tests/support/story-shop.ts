import { currency } from '#domain/currencies.ts';
import type { Credit } from '#domain/credit.ts';
import { type TicketId, ticketId, type UserId, userId } from '#domain/ids.ts';
import { minor } from '#domain/money.ts';
import type { Band } from '#domain/policy.ts';
import { createManualClock } from '#simulator/clock.ts';
import { staff, type StaffKey } from '#simulator/scenarios/staff.ts';
import { createZendesk, type Zendesk } from '#simulator/zendesk.ts';
import { createMemory, createSimulatedSession } from '#app/simulated-session.ts';
import { openShop } from '#app/open-shop.ts';
import type { Context } from '#use-cases/context.ts';
import { preparePublishing, publishTerms } from '#use-cases/publish-terms.ts';
import { type Ask, requestCredit, type RequestOutcome } from '#use-cases/request-credit.ts';
import { type Step, type StepOutcome, takeStep } from '#use-cases/take-step.ts';

/** When the stories begin: a Sunday morning, in the middle of a period. */
const START = Date.UTC(2026, 10, 22, 10);
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

let opened: Promise<string> | undefined;

/** What is written: method and path without query, in order; reads and searches left out. */
export const writesOf = (zendesk: Zendesk, since = 0): string[] =>
  zendesk.log
    .slice(since)
    .filter(({ method, path }) => method !== 'GET' && !path.includes('/records/search'))
    .map(
      ({ method, path }) =>
        `${method} ${path.replace(/\?.*$/, '').replace(/\/[0-9A-Z]{26}/, '/{record}')}`,
    );

/** Pedal & Pine with its past, on a clock that stands still, and sessions of its people. */
export async function openStory() {
  opened ??= openShop(START).then((state) => JSON.stringify(state));
  const state = JSON.parse(await opened) as Zendesk['state'];
  const clock = createManualClock(START);
  const zendesk = createZendesk({ state, clock });
  const memories = new Map<string, ReturnType<typeof createMemory>>();
  let browsers = 0;

  /** A fresh start of the app in somebody's browser; `browser` names one of several that they use. */
  function session(who: StaffKey, browser = 'first'): Context {
    const name = `${who}-${browser}`;
    const memory = memories.get(name) ?? createMemory();
    memories.set(name, memory);
    browsers += 1;
    return createSimulatedSession(
      zendesk,
      clock,
      staff[who].id,
      `${name}-${String(browsers)}`,
      memory,
    );
  }

  const idOf = (who: StaffKey): UserId => userId(staff[who].id) as UserId;
  const ticketOf = (id: number): TicketId => ticketId(id) as TicketId;
  const customerOf = (id: number): UserId =>
    userId(state.tickets[String(id)]?.requester_id) as UserId;

  /** Ana's ask on a fresh ticket, unless said otherwise. */
  function ask(
    context: Context,
    more: Partial<Omit<Ask, 'amount'>> & { cents?: number; on?: number } = {},
  ): Promise<RequestOutcome> {
    const { cents = 2500, on = 1087, ...rest } = more;
    return requestCredit(context, {
      ticket: ticketOf(on),
      customer: customerOf(on),
      amount: { minor: minor(cents) ?? never(), currency: currency('USD') ?? never() },
      reason: 'late_delivery',
      reasonLabel: () => 'Late delivery',
      note: 'Nine days late.',
      exception: '',
      asked: [idOf('ben')],
      seenBand: 'peer' satisfies Band,
      form: { amount: '25', reason: 'late_delivery', note: 'Nine days late.', exception: '' },
      ...rest,
    });
  }

  async function step(context: Context, credit: Credit, what: Step): Promise<StepOutcome> {
    return takeStep(
      context,
      new Map(),
      { ticket: credit.offer.ticket, credit: credit.id, digest: credit.digest },
      what,
    );
  }

  /** What somebody does by hand, past the app: one REST request in their session. */
  async function byHand(who: StaffKey, method: string, path: string, body?: unknown) {
    const response = await zendesk.handle(
      new Request(`https://pedal-and-pine.zendesk.com${path}`, {
        method,
        headers: {
          'x-simulator-user': String(staff[who].id),
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    );
    if (!response.ok)
      throw new Error(`${path}: ${String(response.status)} ${await response.text()}`);
    return response;
  }

  /** The admin types these settings and publishes them. */
  async function publish(settings: Record<string, string | number>) {
    const installed = zendesk.state.installed_app;
    if (installed) Object.assign(installed.settings, settings);
    const admin = session('ada');
    const { next, history, mistakes } = await preparePublishing(admin, installed?.settings ?? {});
    if (!next) throw new Error(JSON.stringify(mistakes));
    return publishTerms(admin, next, history.length);
  }

  return { zendesk, clock, session, ask, step, publish, byHand, idOf, ticketOf, customerOf };
}

function never(): never {
  throw new Error('unreachable: the amounts of the stories are sound');
}

/** The credit of a request that is done; fails the test with the outcome otherwise. */
export function creditOf(outcome: RequestOutcome | StepOutcome): Credit {
  if (outcome.kind !== 'done') throw new Error(`not done: ${JSON.stringify(outcome)}`);
  return outcome.credit;
}
