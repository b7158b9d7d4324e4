import { expect, it } from 'vitest';
import { createMemory } from '#app/simulated-session.ts';
import type { TicketId, UserId } from '#domain/ids.ts';
import type { Slot, SlotStatus } from '#domain/slot.ts';
import { takeDecided } from './decided-meanwhile.ts';

const me = '1' as UserId;
const ben = '2' as UserId;
const here = '7' as TicketId;

const slot = (status: SlotStatus, more: object = {}, by = ben, maker = me, updatedAt = 0): Slot =>
  ({
    key: { maker },
    updatedAt,
    updatedBy: by,
    fields: { credit: 'a', status, ticket: '8', amount: 2500, currency: 'USD', ...more },
  }) as unknown as Slot;

const told = (memory: ReturnType<typeof createMemory>, ...slots: readonly Slot[]) =>
  takeDecided(memory, slots, me, here).map(({ credit, outcome }) => `${credit} ${outcome}`);

it('tells once what was decided since it was last seen waiting', () => {
  const memory = createMemory();
  expect(told(memory, slot('reserved', {}, me))).toEqual([]);
  expect(told(memory, slot('posted'))).toEqual(['a posted']);
  expect(told(memory, slot('posted'))).toEqual([]);
  expect(told(memory, slot('reversed'))).toEqual(['a reversed']);
});

it('tells nothing of what it sees for the first time: another browser may have told it', () => {
  expect(told(createMemory(), slot('posted'))).toEqual([]);
});

it('tells nothing of one’s own deeds, of this ticket, or of others’ credits', () => {
  const memory = createMemory();
  told(memory, slot('reserved', {}, me));
  expect(told(memory, slot('void', {}, me))).toEqual([]);
  const onThis = createMemory();
  told(onThis, slot('reserved', { ticket: here }));
  expect(told(onThis, slot('posted', { ticket: here }))).toEqual([]);
  const ofBen = createMemory();
  told(ofBen, slot('reserved', {}, ben, ben));
  expect(told(ofBen, slot('posted', {}, ben, ben))).toEqual([]);
});

it('goes by whichever slot was written last, and is not told twice by a search that lags', () => {
  const memory = createMemory();
  told(memory, slot('reserved', {}, me));
  const lagging = slot('reserved', {}, me, me, 1);
  expect(told(memory, lagging, slot('posted', {}, ben, me, 5))).toEqual(['a posted']);
  expect(told(memory, lagging)).toEqual([]);
  expect(told(memory, slot('posted', {}, ben, me, 5))).toEqual([]);
});

it('works on with a memory that holds nonsense, or nothing', () => {
  const memory = createMemory();
  memory.write('own-credits', 'nonsense');
  expect(told(memory, slot('reserved', {}, me))).toEqual([]);
  expect(told(memory, slot('posted'))).toEqual(['a posted']);
  const blocked = { read: () => null, write: () => undefined, remove: () => undefined };
  expect(takeDecided(blocked, [slot('posted')], me, here)).toEqual([]);
});
