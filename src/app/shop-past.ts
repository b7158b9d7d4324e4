import { currency } from '#domain/currencies.ts';
import { ticketId, userId } from '#domain/ids.ts';
import { minor } from '#domain/money.ts';
import { type Reason, reasonLabel } from '#domain/reason-settings.ts';
import type { Clock } from '#simulator/clock.ts';
import { staff, type StaffKey } from '#simulator/scenarios/staff.ts';
import type { SimulatorState } from '#simulator/state.ts';
import { createZendesk } from '#simulator/zendesk.ts';
import type { Context } from '#use-cases/context.ts';
import { preparePublishing, publishTerms } from '#use-cases/publish-terms.ts';
import { readSettings } from '#use-cases/read-settings.ts';
import { requestCredit } from '#use-cases/request-credit.ts';
import { type Step, takeStep } from '#use-cases/take-step.ts';
import { createSimulatedSession } from './simulated-session.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

interface PastCredit {
  readonly ticket: number;
  readonly maker: StaffKey;
  readonly asked: StaffKey;
  readonly amount: number;
  readonly reason: string;
  readonly note: string;
  /** What came of it; left out: it still waits. */
  readonly then?: { readonly by: StaffKey; readonly step: Step };
}

const approved = (by: StaffKey) => ({ by, step: { type: 'approve' } }) as const;

/** What the shop's agents did before today. Amounts in cents. */
const past: readonly PastCredit[] = [
  {
    ticket: 1049,
    maker: 'samir',
    asked: 'lea',
    amount: 8000,
    reason: 'late_delivery',
    note: 'The rental weekend was lost: six bikes, a week late.',
    then: approved('lea'),
  },
  {
    ticket: 1050,
    maker: 'ben',
    asked: 'ana',
    amount: 1200,
    reason: 'goodwill',
    note: 'The price fell the day after; this is the difference.',
    then: approved('ana'),
  },
  {
    ticket: 1051,
    maker: 'ana',
    asked: 'priya',
    amount: 2500,
    reason: 'our_mistake',
    note: 'Three weeks of waiting for the deposit, and two calls.',
    then: approved('priya'),
  },
  {
    ticket: 1052,
    maker: 'ana',
    asked: 'tomas',
    amount: 3000,
    reason: 'damaged',
    note: 'The zip stuck on the second day.',
    then: {
      by: 'tomas',
      step: { type: 'decline', reason: 'She has the new one already; a word is enough here.' },
    },
  },
  {
    ticket: 1053,
    maker: 'ben',
    asked: 'ana',
    amount: 1500,
    reason: 'late_delivery',
    note: 'Left in the rain: the box was soaked, the lamp works.',
    then: approved('ana'),
  },
  {
    ticket: 1054,
    maker: 'tomas',
    asked: 'ben',
    amount: 2000,
    reason: 'damaged',
    note: 'The helmet is replaced; this is for the lost ride.',
    then: approved('ben'),
  },
  {
    ticket: 1055,
    maker: 'priya',
    asked: 'ben',
    amount: 4500,
    reason: 'our_mistake',
    note: 'We had written “duties included”.',
    then: approved('ben'),
  },
  {
    ticket: 1057,
    maker: 'ben',
    asked: 'ana',
    amount: 1800,
    reason: 'damaged',
    note: 'The seam leaks; he keeps them and seals it himself.',
    then: approved('ana'),
  },
  {
    ticket: 1058,
    maker: 'tomas',
    asked: 'priya',
    amount: 500,
    reason: 'goodwill',
    note: 'She asked three times before anybody answered.',
    then: approved('priya'),
  },
  {
    ticket: 1059,
    maker: 'ana',
    asked: 'ben',
    amount: 1000,
    reason: 'damaged',
    note: 'A cracked bottle cage.',
    then: approved('ben'),
  },
  {
    ticket: 1060,
    maker: 'ana',
    asked: 'ben',
    amount: 1500,
    reason: 'our_mistake',
    note: 'Charged for an order that we had cancelled.',
    then: approved('ben'),
  },
  {
    ticket: 1061,
    maker: 'sakura',
    asked: 'priya',
    amount: 1500,
    reason: 'damaged',
    note: 'Marks on the leather; she keeps the saddle.',
    then: approved('priya'),
  },
  {
    ticket: 1062,
    maker: 'sakura',
    asked: 'tomas',
    amount: 1000,
    reason: 'our_mistake',
    note: 'Two letters to the tax office because of our invoice.',
    then: approved('tomas'),
  },
  {
    ticket: 1063,
    maker: 'ben',
    asked: 'priya',
    amount: 1500,
    reason: 'late_delivery',
    note: 'Six days late, and the tracking said nothing.',
    then: approved('priya'),
  },
  {
    ticket: 1064,
    maker: 'priya',
    asked: 'tomas',
    amount: 1500,
    reason: 'goodwill',
    note: 'We do not buy trailers, and let him wait a week for that.',
    then: approved('tomas'),
  },
  {
    ticket: 1065,
    maker: 'ana',
    asked: 'lea',
    amount: 2500,
    reason: 'late_delivery',
    note: 'The race was on Sunday; the parcel came on Tuesday.',
    then: approved('lea'),
  },
  {
    ticket: 1066,
    maker: 'sakura',
    asked: 'priya',
    amount: 2500,
    reason: 'our_mistake',
    note: 'Three orders without the discount of the club.',
    then: approved('priya'),
  },
  {
    ticket: 1069,
    maker: 'tomas',
    asked: 'sakura',
    amount: 2000,
    reason: 'our_mistake',
    note: 'The size table was wrong; a second parcel for nothing.',
    then: approved('sakura'),
  },
  {
    ticket: 1080,
    maker: 'priya',
    asked: 'ben',
    amount: 3000,
    reason: 'our_mistake',
    note: 'The wrong size twice in a row.',
  },
];

/**
 * Plays the shop's credits over a freshly opened shop, by the app's own use cases: its journals and
 * slots agree because they were made as they are made every day. Changes the state in place.
 * @param now ms since 1970; everything is played before it
 */
export async function playPast(state: SimulatorState, now: number): Promise<void> {
  let at = now;
  const clock: Clock = { now: () => at, sleep: () => Promise.resolve() };
  const zendesk = createZendesk({ state, clock });
  const sessions = new Map<StaffKey, Context>();
  const session = (who: StaffKey): Context => {
    // Every day is another browser session: what was known of people and clocks is read again.
    const made = createSimulatedSession(
      zendesk,
      clock,
      staff[who].id,
      `past-${who}-${String(Math.floor(at / MINUTE))}`,
    );
    sessions.set(who, made);
    return made;
  };

  at = now - 74 * DAY;
  await publish(session('ada'), { ...settingsOf(state), agent_budget: '150', customer_cap: '120' });
  at = now - 20 * DAY;
  const { reasons } = readSettings(settingsOf(state));
  const second = { at, done: false };

  const inOrder = past
    .map((credit) => ({ credit, at: Date.parse(ticketOf(state, credit.ticket).updated_at) + HOUR }))
    .sort((one, other) => one.at - other.at);
  let before = 0;
  for (const { credit, at: asked } of inOrder) {
    if (!second.done && asked > second.at) {
      at = second.at;
      await publish(session('ada'), settingsOf(state));
      second.done = true;
    }
    // Two tickets of one hour: the second credit is asked for when the first is decided.
    at = Math.max(before, Math.min(asked, now - 30 * MINUTE));
    await play(credit, ticketOf(state, credit.ticket).requester_id, reasons, session, (ms) => {
      at += ms;
    });
    before = at;
  }
  // All of this is long past: search has caught up with it.
  state.search_index = { tickets: {}, records: {} };
}

const ticketOf = (state: SimulatorState, id: number) => {
  const ticket = state.tickets[String(id)];
  if (!ticket) throw new Error(`the shop has no ticket ${String(id)}`);
  return ticket;
};

const settingsOf = (state: SimulatorState): Record<string, unknown> => ({
  ...state.installed_app?.settings,
});

async function publish(admin: Context, settings: Record<string, unknown>): Promise<void> {
  const { next, history, mistakes } = await preparePublishing(admin, settings);
  if (!next) throw new Error(`the shop's settings: ${JSON.stringify(mistakes)}`);
  const outcome = await publishTerms(admin, next, history.length);
  if (outcome.kind !== 'published') throw new Error(`publishing: ${JSON.stringify(outcome)}`);
}

async function play(
  { ticket, maker, asked, amount, reason, note, then }: PastCredit,
  customer: number,
  reasons: readonly Reason[],
  session: (who: StaffKey) => Context,
  wait: (ms: number) => void,
): Promise<void> {
  const usd = currency('USD');
  const cents = minor(amount);
  const id = ticketId(ticket);
  const from = userId(customer);
  const to = userId(staff[asked].id);
  if (!usd || !cents || !id || !from || !to) throw new Error(`past credit on ${String(ticket)}`);
  const label = reasons.find(({ key }) => key === reason);
  const outcome = await requestCredit(session(maker), {
    ticket: id,
    customer: from,
    amount: { minor: cents, currency: usd },
    reason,
    reasonLabel: (locale) => (label ? reasonLabel(label, locale) : reason),
    note,
    exception: '',
    asked: [to],
    seenBand: 'peer',
    form: { amount: '', reason, note, exception: '' },
  });
  if (outcome.kind !== 'done') throw new Error(`#${String(ticket)}: ${JSON.stringify(outcome)}`);
  if (!then) return;
  wait(17 * MINUTE);
  const { credit } = outcome;
  const context = session(then.by);
  const people = await context.people.get([context.me, credit.offer.maker]);
  const done = await takeStep(
    context,
    new Map([...people].map(([who, { name }]) => [who, name])),
    { ticket: id, credit: credit.id, digest: credit.digest },
    then.step,
  );
  if (done.kind !== 'done') throw new Error(`#${String(ticket)}: ${JSON.stringify(done)}`);
}
