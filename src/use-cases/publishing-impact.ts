import type { GroupId, UserId } from '#domain/ids.ts';
import type { Slot } from '#domain/slot.ts';
import { type Limits, limitsOf, type Terms, type Tier, tierFor } from '#domain/terms.ts';
import type { Person } from '#zendesk/helpdesk.ts';
import type { Context } from './context.ts';
import type { NextTerms } from './publish-terms.ts';

/** Whom publishing would reach. */
export interface Impact {
  readonly agents: { readonly all: number; readonly changed: number };
  /** Credits that wait, by their amounts: what else decides is in their tickets. */
  readonly waiting: {
    readonly all: number;
    /** Need a lead, or more people, than they need now. */
    readonly stricter: number;
    /** Can no longer be approved by anybody. */
    readonly impossible: number;
  };
}

/**
 * Counts whom the draft would reach. Reads all who may check, the members of each group that a tier
 * names, and searches once for what waits.
 * @param from null before the first publication
 * @throws HelpdeskError when something can't be read
 */
export async function readImpact(
  { helpdesk }: Context,
  from: Terms | null,
  next: NextTerms,
): Promise<Impact> {
  const groups = [
    ...new Set(
      [...(from?.tiers ?? []), ...next.tiers].map(({ group }) => group).filter((id) => id !== null),
    ),
  ];
  const [agents, waiting, ...members] = await Promise.all([
    helpdesk.readCheckers(),
    helpdesk.readWaitingSlots(),
    ...groups.map((group) => helpdesk.readGroupMembers(group)),
  ]);
  const groupsOf = (id: UserId): readonly GroupId[] =>
    groups.filter((_, index) => members[index]?.some((member) => member.id === id));
  return impactOf(agents, groupsOf, waiting, from, next);
}

/** @param groupsOf as far as tiers depend on them */
function impactOf(
  agents: readonly Person[],
  groupsOf: (id: UserId) => readonly GroupId[],
  waiting: readonly Slot[],
  from: Terms | null,
  next: NextTerms,
): Impact {
  const who = new Map(agents.map((agent) => [agent.id, agent]));
  const tierIn = (terms: Terms | NextTerms, agent: Person | undefined): Tier | null =>
    tierFor(terms, { tags: agent?.tags ?? [], groups: agent ? groupsOf(agent.id) : [] });
  const changed = agents.filter(
    (agent) =>
      !from ||
      !alike(own(from, agent.id, tierIn(from, agent)), own(next, agent.id, tierIn(next, agent))),
  );
  const outcomes = waiting.map(({ fields }) => {
    if (!from) return 'same';
    const tier = tierIn(from, who.get(fields.maker));
    const limits = limitsOf(next, tier?.key ?? null);
    if (!limits || fields.currency !== next.currency || fields.amount > limits.hard) {
      return 'impossible';
    }
    const more = fields.amount > limits.cosign || next.cosigners > from.cosigners;
    return fields.band === 'peer' && more ? 'stricter' : 'same';
  });
  const count = (outcome: 'stricter' | 'impossible'): number =>
    outcomes.filter((each) => each === outcome).length;
  return {
    agents: { all: agents.length, changed: changed.length },
    waiting: {
      all: waiting.length,
      stricter: count('stricter'),
      impossible: count('impossible'),
    },
  };
}

/** Everything in the terms that bears on one person. */
function own(terms: Terms | NextTerms, id: UserId, tier: Tier | null) {
  const limits: Limits = tier?.limits ?? terms.limits;
  const { budget, self, cosign, hard } = limits;
  return [
    terms.currency,
    terms.timeZone,
    terms.period,
    terms.cosigners,
    terms.customerCap,
    terms.customerCapDays,
    terms.expiryHours,
    terms.holdHours,
    terms.pairLimit,
    terms.leads.includes(id),
    terms.pilot === null || terms.pilot.includes(id),
    budget,
    self,
    cosign,
    hard,
  ];
}

const alike = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.every((each, index) => each === other[index]);
