import type { Zendesk } from '#simulator/zendesk.ts';
import type { FinalView } from '../final-round.ts';
import type { Evidence } from './evidence.ts';
import type { Finding } from './finding.ts';
import type { Ledgers } from './ledgers.ts';
import { neverOverTheLimits } from './limits.ts';
import { customersAreCalledRightly, tiersAreTrue, toldWhoIsNotNotified } from './people.ts';
import { showsTheJournal } from './shows.ts';
import { slotsAreRight, slotsNeverBelow } from './slots.ts';
import type { Told } from './told.ts';
import { toldTheTruth, unfinishedIsTold } from './truth.ts';

/** What the checker looks at: raw state and log, and what people were told. */
export interface Case {
  readonly zendesk: Zendesk;
  readonly ledgers: Ledgers;
  readonly told: readonly Told[];
  readonly roles: readonly RoleChange[];
  readonly now: number;
  readonly evidence: Evidence;
  /** Which start of the app sent a request, by its place in the log. */
  readonly senders: ReadonlyMap<number | null, string>;
}

/** Somebody has this role, these tags and groups, and sees all tickets or some, from then on. */
export interface RoleChange {
  readonly at: number;
  readonly user: string;
  readonly role: string;
  readonly tags: readonly string[];
  readonly groups: readonly string[];
  readonly restricted: boolean;
}

type Watched = Pick<Case, 'zendesk' | 'ledgers' | 'told' | 'roles'> & {
  readonly evidence: () => Evidence;
  readonly network: { readonly carried: readonly { log: number | null; sender: string }[] };
  readonly clock: { now(): number };
};

const caseOf = ({ zendesk, ledgers, told, roles, evidence, network, clock }: Watched): Case => ({
  zendesk,
  ledgers,
  told,
  roles,
  now: clock.now(),
  evidence: evidence(),
  senders: new Map(network.carried.map(({ log, sender }) => [log, sender])),
});

/** What must hold whenever nothing is under way. */
export const judgeQuietly = (watched: Watched): readonly Finding[] =>
  slotsNeverBelow(caseOf(watched));

/** What must hold at the end, when everything has come to rest and been opened. */
export function judgeRun(watched: Watched, view: FinalView): readonly Finding[] {
  const theCase = caseOf(watched);
  return [
    ...slotsNeverBelow(theCase),
    ...slotsAreRight(theCase, view),
    ...showsTheJournal(theCase, view),
    ...toldTheTruth(theCase),
    ...unfinishedIsTold(theCase, view),
    ...neverOverTheLimits(theCase),
    ...tiersAreTrue(theCase),
    ...toldWhoIsNotNotified(theCase),
    ...customersAreCalledRightly(theCase),
  ];
}
