import { rankOf } from './reason.ts';
import type { SettledLine } from './settled-credit.ts';

/** What is paid stands first, then what stops a payment, worst first, then what is not due yet. */
const GROUPS = [
  'payable',
  'reversal',
  'not-payable',
  'finding',
  'held',
  'waiting',
  'ended',
] as const;

type Group = (typeof GROUPS)[number];

export const groupOf = (line: SettledLine): Group =>
  line.kind === 'credit' ? line.verdict : line.kind;

const rank = (line: SettledLine): number => {
  if (line.kind === 'finding') return rankOf(line.code);
  const [worst] = line.kind === 'credit' ? line.reasons : [];
  return worst ? rankOf(worst.code) : 0;
};

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

/** The same lines in the same order, in whatever order their tickets were read. */
export const inOrder = (lines: readonly SettledLine[]): readonly SettledLine[] =>
  [...lines].sort(
    (one, other) =>
      GROUPS.indexOf(groupOf(one)) - GROUPS.indexOf(groupOf(other)) ||
      rank(one) - rank(other) ||
      compare(one.id, other.id),
  );

/** Whether somebody has to look at it. */
export const isException = (line: SettledLine): boolean =>
  groupOf(line) === 'not-payable' || line.kind === 'finding';
