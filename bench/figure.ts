/** One measured figure. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  /** Such as `×`, `MB` or `requests`. */
  readonly unit: string;
  /** The value may not be above it; left out: told for what it is worth. */
  readonly limit?: number;
}

/** @param args what was typed after the bench's name */
export type Bench = (args: readonly string[]) => Promise<readonly Figure[]>;

/** Of an even number of values, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(half) - 1], sorted[Math.floor(half)]];
  if (low === undefined || high === undefined) throw new Error('a median needs values');
  return (low + high) / 2;
}

/** One line for each figure; says which are above their limit. */
export function lineOf({ what, value, unit, limit }: Figure): string {
  const verdict =
    limit === undefined ? '' : `  at most ${String(limit)}${value > limit ? '  TOO MUCH' : ''}`;
  return `  ${what.padEnd(84)} ${shown(value).padStart(8)} ${unit}${verdict}`;
}

const shown = (value: number): string => String(Number(value.toPrecision(3)));

export const isKept = ({ value, limit }: Figure): boolean => limit === undefined || value <= limit;
