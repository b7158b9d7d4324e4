import type { GroupId } from '#domain/ids.ts';
import type { Slot } from '#domain/slot.ts';
import { type Limits, type Terms, type Tier, tierFor } from '#domain/terms.ts';
import type { Earning } from '#domain/tier-settings.ts';
import type { Person } from '#zendesk/helpdesk.ts';

/** Where an agent stands among the tiers. */
export interface TierProgress {
  /** null: the common limits. */
  readonly tier: Tier | null;
  /** The tier with the least more room than the agent has; null: none has more. */
  readonly next: Tier | null;
  /** What brings them there, where the settings say it. */
  readonly earning: Earning | null;
  /** Own credits posted in this budget period. */
  readonly posted: number;
  /** Own credits of this period that were reversed. */
  readonly reversed: number;
}

/**
 * @param groups null: not known
 * @param ownSlots of this budget period: nothing else is looked at, and so a tier is earned in one
 * @param earnings by the tier's key
 * @returns null when the agent's tier can't be known
 */
export function tierProgress(
  me: Person,
  groups: readonly GroupId[] | null,
  ownSlots: readonly Slot[],
  terms: Terms,
  earnings: ReadonlyMap<string, Earning>,
): TierProgress | null {
  if (groups === null && terms.tiers.some(({ group }) => group !== null)) return null;
  const tier = tierFor(terms, { tags: me.tags, groups: groups ?? [] });
  const own = tier?.limits ?? terms.limits;
  const [next = null] = terms.tiers
    .filter(({ limits }) => hasMoreRoom(limits, own))
    .sort((one, other) => one.limits.budget - other.limits.budget || room(one) - room(other));
  const count = (...statuses: readonly Slot['fields']['status'][]): number =>
    ownSlots.filter(({ fields }) => statuses.includes(fields.status)).length;
  return {
    tier,
    next,
    earning: (next && earnings.get(next.key)) ?? null,
    posted: count('posted'),
    reversed: count('reversed', 'reversed-late'),
  };
}

const MEMBERS = ['budget', 'self', 'cosign', 'hard'] as const;

/** Nothing less, and something more: another mixture is no step up. */
const hasMoreRoom = (limits: Limits, own: Limits): boolean =>
  MEMBERS.every((member) => limits[member] >= own[member]) &&
  MEMBERS.some((member) => limits[member] > own[member]);

const room = ({ limits }: Tier): number => MEMBERS.reduce((sum, member) => sum + limits[member], 0);
