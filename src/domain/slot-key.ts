import { type UserId, userId } from './ids.ts';
import type { PeriodKey } from './period.ts';

/** `{period key}/{maker id}/{number}`: the external id of a slot, unique in Zendesk, and so the lock. */
export interface SlotKey {
  readonly period: PeriodKey;
  readonly maker: UserId;
  /** 1, 2, 3 … without gaps. */
  readonly number: number;
}

const shape =
  /^((?:week:\d{4}-W\d\d|month:\d{4}-\d\d|quarter:\d{4}-Q[1-4]):[A-Za-z0-9_+~-]+:[A-Z]{3})\/(\d+)\/([1-9]\d{0,5})$/;

export const formatSlotKey = ({ period, maker, number }: SlotKey): string =>
  `${period}/${maker}/${String(number)}`;

/** @returns null for any text that {@link formatSlotKey} does not write. */
export function parseSlotKey(text: string): SlotKey | null {
  const [, period, makerText, number] = shape.exec(text) ?? [];
  const maker = userId(makerText);
  return period && maker && number
    ? { period: period as PeriodKey, maker, number: Number(number) }
    : null;
}
