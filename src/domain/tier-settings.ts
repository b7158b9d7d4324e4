import type { Currency } from './currencies.ts';
import { amountIn, readKeyedList, type Shape, type Wrong } from './keyed-list.ts';
import type { Minor } from './money.ts';
import { isShape, type Mistake } from './settings.ts';
import type { Limits, Tier } from './terms.ts';

/** What brings an agent into a tier, told to agents; an admin gives the tag or the group. */
export interface Earning {
  /** Credits posted in one budget period. */
  readonly posted: number;
  /** Whether none of them may have been reversed. */
  readonly noneReversed: boolean;
}

/** A tier as typed; its group is still a name. */
export interface DraftTier extends Omit<Tier, 'group'> {
  readonly groupName: string | null;
  readonly earnedBy: Earning | null;
}

const LIMITS = {
  budget: 'budget',
  self: 'self_limit',
  cosign: 'cosign_limit',
  hard: 'hard_limit',
} as const satisfies Record<keyof Limits, string>;

const MEMBERS = ['key', 'name', 'tag', 'group', ...Object.values(LIMITS), 'earned_by'];

/**
 * Reads the tiers. Every mistake is found.
 * @param value what the TOML of `tiers` holds under `tier`
 * @param common what a tier takes over that does not name a limit; each null while it is not known
 */
export function readTiers(
  value: unknown,
  of: Currency,
  common: { readonly [Key in keyof Limits]: Minor | null },
): { readonly tiers: readonly DraftTier[]; readonly mistakes: readonly Mistake[] } {
  const takenBy = new Map<string, string>();
  const { list, mistakes } = readKeyedList('tiers', 'tier', value, MEMBERS, (entry, key, wrong) => {
    const tag = textOf(entry, 'tag', wrong);
    const groupName = textOf(entry, 'group', wrong);
    const isNamed = (member: 'tag' | 'group'): boolean => (entry[member] ?? '') !== '';
    if (isNamed('tag') === isNamed('group')) wrong('tag-or-group');
    else if (tag !== null || groupName !== null) {
      // The first tier that fits holds, so that nobody ever comes into a second one of the same people.
      const whose = tag === null ? `group ${groupName ?? ''}` : `tag ${tag}`;
      const before = takenBy.get(whose);
      if (before !== undefined) wrong('tier-shadowed', { other: before });
      takenBy.set(whose, before ?? key);
    }
    const limits = readLimits(entry, of, common, wrong);
    const tier = {
      key,
      name: textOf(entry, 'name', wrong) ?? key,
      tag,
      groupName,
      earnedBy: readEarning(entry['earned_by'], wrong),
    };
    return limits && { ...tier, limits };
  });
  return { tiers: list, mistakes };
}

function textOf(entry: Shape, member: string, wrong: Wrong): string | null {
  const value = entry[member];
  if (value === undefined || value === '') return null;
  if (typeof value === 'string' && value.trim() !== '') return value.trim();
  return wrong('text-expected', { member });
}

function readLimits(
  entry: Shape,
  of: Currency,
  common: Parameters<typeof readTiers>[2],
  wrong: Wrong,
): Limits | null {
  const limit = (key: keyof Limits): Minor | null => {
    const member = LIMITS[key];
    return entry[member] === undefined ? common[key] : amountIn(entry, member, of, wrong);
  };
  const [budget, self, cosign, hard] = [
    limit('budget'),
    limit('self'),
    limit('cosign'),
    limit('hard'),
  ];
  // Where the tier names neither side, the common limits are what has to be mended.
  const named = (one: keyof Limits, other: keyof Limits): string | undefined =>
    [LIMITS[one], LIMITS[other]].find((member) => entry[member] !== undefined);
  const selfMember = named('self', 'cosign');
  if (selfMember !== undefined && self !== null && cosign !== null && self > cosign) {
    wrong('self-above-cosign', { member: selfMember });
  }
  const cosignMember = named('cosign', 'hard');
  if (cosignMember !== undefined && cosign !== null && hard !== null && cosign > hard) {
    wrong('cosign-above-hard', { member: cosignMember });
  }
  return budget === null || self === null || cosign === null || hard === null
    ? null
    : { budget, self, cosign, hard };
}

const MOST_CREDITS = 10_000;

function readEarning(value: unknown, wrong: Wrong): Earning | null {
  if (value === undefined) return null;
  const { posted, none_reversed: none = false, ...others } = isShape(value) ? value : {};
  const isCount =
    typeof posted === 'number' && Number.isInteger(posted) && posted >= 1 && posted <= MOST_CREDITS;
  return isCount && typeof none === 'boolean' && Object.keys(others).length === 0
    ? { posted, noneReversed: none }
    : wrong('earned-by-expected', { member: 'earned_by' });
}
