import { addToken } from '#simulator/people.ts';
import type { Instant } from '#domain/instant.ts';
import { readHistory, stampOf } from '#settlement/gather.ts';
import { handedOver, settle, type Settled } from '#settlement/settle.ts';
import { createSource, type Source } from '#settlement/source.ts';
import { emptyState, type Read, type State } from '#settlement/state-file.ts';
import { createBearerTransport } from '#zendesk/bearer-transport.ts';
import { settlementOf, type Verdicts } from './checker/settlement.ts';
import type { Finding } from './checker/finding.ts';
import { move, type World } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const TOKEN = 'settlement';
const ORIGIN = 'https://acme.zendesk.com';

/** What settlement leaves from run to run while the shop goes on. */
export interface Books {
  saved: State;
  /** What a run had read that was killed, and under which terms. */
  reads: Read[];
  stamp: string;
  /** Ids of lines that were handed over for payment, in order, over all runs. */
  readonly paid: string[];
  /** What the last settlements said of each credit, for whoever counts. */
  readonly said: string[];
}

export const newBooks = (since: number): Books => ({
  saved: emptyState(ORIGIN, since as Instant),
  reads: [],
  stamp: '',
  paid: [],
  said: [],
});

class Killed extends Error {}

/** The command's source, over the token of an admin. Between its requests the shop goes on, as it may. */
function sourceOf(world: World, between: () => Promise<void>): Source {
  const { zendesk, clock } = world;
  const admin = world.cast.admins[0] ?? 0;
  if (!zendesk.state.tokens.some(({ token }) => token === TOKEN)) {
    addToken(zendesk.state, TOKEN, admin, ['read']);
  }
  let turn: Promise<unknown> = Promise.resolve();
  const transport = createBearerTransport({
    baseUrl: ORIGIN,
    token: TOKEN,
    clock: { now: () => clock.now(), sleep: (ms) => clock.passUntil(clock.now() + ms) },
    random: () => 0,
    fetch: (input, init) => {
      // One after the other, so that a seed is replayed as it was.
      const mine = turn.then(async () => {
        await between();
        return zendesk.handle(new Request(input as URL, init));
      });
      turn = mine.catch(() => undefined);
      return mine;
    },
  });
  const field = zendesk.state.installed_app?.requirements['leeway_status']?.requirement_id;
  return createSource(transport, field === undefined ? null : String(field), () => clock.now());
}

const listing = (state: State) => ({ since: state.since, until: null });

/** Finance settles while people work; sometimes its machine dies on the way. */
export async function settleMeanwhile(world: World): Promise<void> {
  const { chance, clock, zendesk, books } = world;
  const admin = zendesk.state.users[String(world.cast.admins[0] ?? 0)];
  // The token is an admin's: without its owner finance has to wait.
  if (admin?.role !== 'admin' || admin.suspended) return;
  let left = chance.percent(30) ? chance.whole(1, 25) : Infinity;
  const between = async (): Promise<void> => {
    left -= 1;
    if (left < 0) throw new Killed();
    if (chance.percent(25)) await move(world);
  };
  const source = sourceOf(world, between);
  const asOf = clock.now() - 2 * MINUTE;
  try {
    const state = structuredClone(books.saved);
    const stamp = stampOf(await readHistory(source, new Map(state.terms)));
    if (stamp !== books.stamp) books.reads.length = 0;
    books.stamp = stamp;
    const { news } = await settle({
      source,
      state,
      since: state.since,
      auditAll: auditsAll(world),
      before: [...books.reads],
      note: (read) => {
        books.reads.push(read);
        return Promise.resolve();
      },
      onPassed: () => undefined,
      listing: listing(state),
      confirmed: new Set(),
    });
    handedOver(state, news);
    books.saved = structuredClone(state);
    books.reads.length = 0;
    for (const line of news) {
      if (line.kind === 'credit' && line.verdict === 'payable') {
        books.paid.push(line.id);
        world.findings.push(...unproven(world, line.id, line.ticket, asOf));
      }
      if (line.kind === 'reversal') books.paid.push(line.id);
    }
  } catch (cause) {
    if (!isKilled(cause)) throw cause;
  }
}

const isKilled = (cause: unknown): boolean =>
  cause instanceof Killed || (cause instanceof Error && cause.cause instanceof Killed);

/** In every other shop finance reads every ticket, and sees what was hidden from fields and slots. */
const auditsAll = ({ seed }: World): boolean => seed % 2 === 0;

/** What is paid is posted by the raw journal, and was not taken back by then. */
function unproven(world: World, id: string, ticket: string, asOf: number): readonly Finding[] {
  const ledger = world.ledgers.of(ticket);
  const credit = ledger.credits.get(id);
  if (ledger.murky) return [];
  const proven = credit && credit.postedAt !== null && credit.postedAt <= asOf;
  const reversed = credit?.life.startsWith('reversed') && (credit.endedAt ?? 0) <= asOf;
  return proven && !reversed
    ? []
    : [
        {
          rule: 'paid-unproven',
          what: `${id} on ${ticket} was paid, and is ${credit?.life ?? 'not there'}`,
        },
      ];
}

async function fresh(world: World): Promise<Settled> {
  const since = 0 as Instant;
  return settle({
    source: sourceOf(world, () => Promise.resolve()),
    state: emptyState(ORIGIN, since),
    since,
    auditAll: true,
    before: [],
    note: () => Promise.resolve(),
    onPassed: () => undefined,
    listing: { since, until: null },
    confirmed: new Set(),
  });
}

/** The last settlement, while holds run and when they are over: each credit as the checker has it. */
export async function settleAtTheEnd(world: World): Promise<readonly Finding[]> {
  const { clock, books } = world;
  const findings: Finding[] = [];
  for (const ms of [3 * MINUTE, 30 * HOUR]) {
    await clock.passUntil(clock.now() + ms);
    const readAt = clock.now();
    const asOf = readAt - 2 * MINUTE;
    const settled = await fresh(world);
    const { zendesk, ledgers } = world;
    const verdicts = settlementOf({ zendesk, ledgers, asOf, readAt });
    findings.push(...disagreements(world, settled, verdicts));
    books.said.push(...verdicts.values());
  }
  const twice = books.paid.filter((id, place) => books.paid.indexOf(id) !== place);
  findings.push(...twice.map((id) => ({ rule: 'paid-twice', what: id })));
  if (auditsAll(world)) findings.push(...regretted(world));
  return findings;
}

function disagreements(world: World, { all }: Settled, checked: Verdicts): readonly Finding[] {
  const said = new Map(
    all.flatMap((line): [string, string][] => {
      if (line.kind !== 'credit') return [];
      const codes = [...new Set(line.reasons.map(({ code }) => code))].sort().join(' ');
      return [
        [`${line.ticket}/${line.id}`, codes === '' ? line.verdict : `${line.verdict}: ${codes}`],
      ];
    }),
  );
  return [...new Set([...said.keys(), ...checked.keys()])].flatMap((key): readonly Finding[] => {
    const [ticket = ''] = key.split('/');
    if (world.ledgers.of(ticket).murky) return [];
    const [ours = 'not listed', theirs = 'not there'] = [said.get(key), checked.get(key)];
    return ours === theirs
      ? []
      : [{ rule: 'settlement', what: `${key}: settlement says ${ours}, the checker ${theirs}` }];
  });
}

/** Sums over journals: once a credit was paid they never turn against it. */
const FINAL = [
  'credit-repeated',
  'slot-shared',
  'over-budget',
  'over-customer-cap',
  'pair-limit',
  'crossed',
];

function regretted({ books, zendesk, ledgers, clock }: World): readonly Finding[] {
  const now = clock.now();
  const checked = settlementOf({ zendesk, ledgers, asOf: now, readAt: now, knowable: true });
  return [...checked].flatMap(([key, verdict]) => {
    const [, id = ''] = key.split('/');
    const against = FINAL.filter((code) => verdict.includes(code));
    return books.paid.includes(id) && against.length > 0
      ? [{ rule: 'paid-wrongly', what: `${key}: ${against.join(' ')}` }]
      : [];
  });
}
