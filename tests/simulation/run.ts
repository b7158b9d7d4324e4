import { createHash } from 'node:crypto';
import { Refusal } from '#simulator/refusal.ts';
import { closeTicket } from '#simulator/ticket-actions.ts';
import { judgeQuietly, judgeRun } from './checker/judge.ts';
import type { Finding } from './checker/finding.ts';
import { beginAsk, termsNow } from './deeds/asking.ts';
import { beginReverse, beginSomeStep } from './deeds/deciding.ts';
import { happenToPeople, happenToTicket } from './deeds/happening.ts';
import { beginOpen } from './deeds/opening.ts';
import { beginAffirm, beginPublish } from './deeds/publishing.ts';
import {
  approveAtExpiry,
  citeAtOnce,
  decideAtOnce,
  reverseUnderApproval,
  spendTheLast,
} from './deeds/racing.ts';
import { reply } from './deeds/replying.ts';
import { forge, startForging } from './deeds/forging.ts';
import { befall } from './deeds/befalling.ts';
import { askIntoSilence } from './deeds/waiting.ts';
import { finalRound } from './final-round.ts';
import { settleAtTheEnd, settleMeanwhile } from './settling.ts';
import { anyTabOf, createWorld, move, openNewTicket, settleAll, type World } from './world.ts';

export interface Run {
  readonly seed: number;
  readonly world: World;
  readonly findings: readonly Finding[];
  /** SHA-256 over everything that Zendesk was asked and answered, in order. */
  readonly log: string;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const MOST_TERMS = 6;

function retire(world: World, ticket: number): void {
  if (world.zendesk.state.tickets[String(ticket)]?.status === 'closed') return;
  closeTicket(world.zendesk.world, ticket);
  world.tickets = world.tickets.filter((one) => one !== ticket);
  openNewTicket(world);
}

async function passTime(world: World): Promise<void> {
  const { chance, clock } = world;
  const ms = chance.weighted([
    [6, chance.whole(1_000, 5 * MINUTE)],
    [4, chance.whole(5 * MINUTE, 3 * HOUR)],
    [2, chance.whole(3 * HOUR, 30 * HOUR)],
    [1, chance.whole(24 * HOUR, 20 * 24 * HOUR)],
  ]);
  // Rarely somebody shuts the lid on requests that wait, and they go out when it is opened again.
  if (!chance.percent(8)) await settleAll(world);
  await clock.passUntil(clock.now() + ms);
}

async function publish(world: World): Promise<void> {
  const { chance, cast, ledgers } = world;
  if (ledgers.terms().length >= MOST_TERMS && termsNow(world)) return;
  const [one = 0, other = 0] = chance.some(cast.admins, 2);
  beginPublish(world, anyTabOf(world, one));
  if (chance.percent(30)) beginPublish(world, anyTabOf(world, other), chance.percent(50));
  if (chance.percent(50)) await settleAll(world);
}

const DEEDS: readonly (readonly [number, (world: World) => unknown])[] = [
  [
    20,
    (world) => {
      const { chance, cast, tickets } = world;
      beginAsk(world, anyTabOf(world, chance.pick(cast.makers)), chance.pick(tickets));
    },
  ],
  [16, beginSomeStep],
  [3, beginReverse],
  [6, reply],
  [
    10,
    (world) => {
      const { chance, cast, tickets } = world;
      const who = chance.pick([...cast.makers, ...cast.leads, ...cast.admins]);
      beginOpen(world, anyTabOf(world, who), chance.pick(tickets));
    },
  ],
  [1, publish],
  [5, spendTheLast],
  [7, decideAtOnce],
  [4, approveAtExpiry],
  [4, citeAtOnce],
  [5, reverseUnderApproval],
  [2, happenToTicket],
  [1, happenToPeople],
  [10, passTime],
  [2, settleMeanwhile],
  [
    2,
    (world) => {
      const [oldest] = world.tickets;
      if (world.tickets.length < 6) openNewTicket(world);
      // A ticket's life is not endless.
      else if (oldest !== undefined) retire(world, oldest);
    },
  ],
];

/**
 * One seed: so many things happen, then everything comes to rest, is opened by a calm client, and judged.
 * @param plain an ordinary account in which nothing befalls anybody, as it was when old seeds failed
 * @param silent a shift in which many asks are long on their way, and their makers look for them
 */
export async function run(
  seed: number,
  steps: number,
  { plain = false, silent = false } = {},
): Promise<Run> {
  startForging();
  const world = createWorld(seed, plain);
  const { chance, weather } = world;
  const { write, read } = weather;
  weather.write = 0;
  weather.read = 0;
  beginPublish(world, anyTabOf(world, world.cast.admins[0] ?? 0));
  await settleAll(world);
  weather.write = write;
  weather.read = read;
  // In some shops somebody works past the app all the time.
  const deeds = [
    ...DEEDS,
    [chance.percent(40) ? 30 : 3, forge] as const,
    ...(silent ? [[30, askIntoSilence] as const] : []),
  ];
  for (let step = 0; step < steps; step += 1) {
    if (world.active.size === 0 && step % 10 === 9) {
      const found = judgeQuietly(world);
      world.findings.push(...found);
      if (found.length > 0) break;
    }
    const deed = chance.weighted(deeds);
    try {
      await deed(world);
      // The rarest of the races, so that enough of it is seen.
      if (world.fate?.percent(3)) await reverseUnderApproval(world);
    } catch (cause) {
      // What Zendesk lets nobody do past the app either: a light agent who borrows a name, for one.
      if (!(cause instanceof Refusal)) throw cause;
    }
    if (world.fate?.percent(12)) befall(world, world.fate);
    if (!termsNow(world) && chance.percent(30)) await publish(world);
    if (world.ledgers.terms().some(({ affirmed }) => !affirmed) && chance.percent(10)) {
      beginAffirm(world, anyTabOf(world, world.cast.admins[0] ?? 0));
    }
    if (chance.percent(55) || world.active.size > 5) await settleAll(world);
    else for (let moves = chance.whole(0, 12); moves > 0; moves -= 1) await move(world);
  }
  await settleAll(world);
  weather.write = 0;
  weather.read = 0;
  const shown = await finalRound(world);
  const judged = judgeRun(world, shown);
  const settled = await settleAtTheEnd(world);
  return {
    seed,
    world,
    findings: [...world.findings, ...judged, ...settled],
    log: logOf(world),
  };
}

function logOf({ zendesk }: World): string {
  const hash = createHash('sha256');
  for (const entry of zendesk.log) hash.update(JSON.stringify(entry));
  return hash.digest('hex');
}
