import type { Minor } from './money.ts';

/** Advice for a situation, from the settings. It never refuses: going against it makes an exception. */
export interface Guideline {
  readonly key: string;
  readonly title: string;
  /** What is usual and why, in the words of the shop; may be empty. */
  readonly text: string;
  /** Keys of the reasons that it speaks of; empty: all. */
  readonly reasons: readonly string[];
  /** Above this a credit goes against it; null: it only advises. */
  readonly most: Minor | null;
}

export interface FittingGuideline {
  readonly guideline: Guideline;
  /** Whether the amount goes against it. */
  readonly against: boolean;
}

/**
 * The guidelines that fit what is known of a credit, those that it goes against first.
 * @param reason null while none is chosen: then all guidelines fit
 * @param amount null while none is typed
 */
export const fittingGuidelines = (
  guidelines: readonly Guideline[],
  reason: string | null,
  amount: Minor | null,
): readonly FittingGuideline[] =>
  guidelines
    .filter(({ reasons }) => reason === null || reasons.length === 0 || reasons.includes(reason))
    .map((guideline) => ({
      guideline,
      against: amount !== null && guideline.most !== null && amount > guideline.most,
    }))
    .sort((one, other) => Number(other.against) - Number(one.against));
