import type { ProblemCode } from '#domain/problem.ts';

/**
 * Why a credit is not payable, worst first. `admin`: payable all the same once an admin confirms it;
 * `never`: only what changed in Zendesk can make it payable.
 */
const CURES = {
  'paid-in-doubt': 'never',
  'credit-repeated': 'never',
  'slot-shared': 'never',
  'over-budget': 'never',
  'over-customer-cap': 'never',
  'pair-limit': 'never',
  'slot-other-period': 'never',
  'slot-other-time': 'never',
  'slot-doubled': 'never',
  'ticket-deleted': 'never',
  'terms-to-affirm': 'never',
  'newer-version': 'never',
  'signer-unfit': 'admin',
  'maker-unfit': 'admin',
  'tier-differs': 'admin',
  'slot-changed': 'admin',
  'slot-freed': 'admin',
  'slot-replaced': 'admin',
  'slot-missing': 'admin',
  crossed: 'admin',
} as const satisfies Record<string, 'never' | 'admin'>;

export type ReasonCode = keyof typeof CURES;

const REASON_CODES = Object.keys(CURES) as readonly ReasonCode[];

/** What a sentence about a reason names. Money as `25.00 USD`, moments in ISO 8601. */
export type Values = Readonly<Record<string, string | number>>;

export interface Reason {
  readonly code: ReasonCode;
  readonly values: Values;
}

export const reason = (code: ReasonCode, values: Values = {}): Reason => ({ code, values });

/** Whether an admin's word makes up for it. */
export const mayBeConfirmed = ({ code }: Reason): boolean => CURES[code] === 'admin';

/** What is wrong and is no credit of any ticket's journal. Worst first, then events that do not count. */
export const FINDING_CODES = [
  'slot-doubled',
  'ticket-deleted',
  'slot-without-journal',
  'slots-deleted',
] as const;

export type FindingCode = (typeof FINDING_CODES)[number] | `event-${ProblemCode}`;

const worstFirst: readonly string[] = [...new Set<string>([...REASON_CODES, ...FINDING_CODES])];

const rankOfCode = new Map(worstFirst.map((code, index) => [code, index]));

/** The worse the lower. Events that count for nothing moved no money: they come last. */
export const rankOf = (code: ReasonCode | FindingCode): number =>
  rankOfCode.get(code) ?? rankOfCode.size;
