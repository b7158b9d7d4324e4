import { describe, expect, it } from 'vitest';
import type { GroupId, UserId } from '#domain/ids.ts';
import { userId } from '#domain/ids.ts';
import type { Slot } from '#domain/slot.ts';
import type { Terms } from '#domain/terms.ts';
import type { Instant } from '#domain/instant.ts';
import type { Person } from '#zendesk/helpdesk.ts';
import { candidatesFor, nameHas, NOTHING_KNOWN, proposed } from './candidates.ts';

const id = (number: number): UserId => userId(number) ?? expect.fail('an id');
const maker = id(1);
const customer = id(2);
const group = '77' as GroupId;

const person = (number: number, more: Partial<Person> = {}): Person => ({
  id: id(number),
  name: `Person ${String(number)}`,
  email: null,
  role: 'agent',
  active: true,
  suspended: false,
  tags: [],
  restriction: null,
  photoUrl: null,
  locale: null,
  timeZone: null,
  createdAt: 0 as Instant,
  organization: null,
  ...more,
});

const terms = { leads: [id(9)], pairLimit: 2 } as unknown as Terms;

const slot = (asked: readonly UserId[], signers: readonly UserId[] = []): Slot =>
  ({ fields: { status: 'posted', asked, signers } }) as unknown as Slot;

const list = (
  people: readonly Person[],
  slots: readonly Slot[] = [],
  around = NOTHING_KNOWN,
  leadsOnly = false,
) => candidatesFor(people, leadsOnly, terms, slots, { maker, customer }, around);

const ids = (candidates: ReturnType<typeof list>) => candidates.map((one) => one.person.id);

describe('who can be asked', () => {
  it('is everybody who may check, without the maker, and each one once', () => {
    const people = [person(1), person(3), person(4), person(3)];
    expect(ids(list(people))).toEqual([id(3), id(4)]);
  });

  it('is a lead alone where a lead is needed', () => {
    expect(ids(list([person(3), person(9)], [], NOTHING_KNOWN, true))).toEqual([id(9)]);
  });

  it.each([
    ['light-agent', person(3, { role: 'light' })],
    ['not-active', person(3, { suspended: true })],
    ['is-customer', person(2)],
    ['cannot-open', person(3, { restriction: 'requested' })],
  ] as const)('says of somebody in the list why not: %s', (hindrance, somebody) => {
    expect(list([somebody])[0]?.hindrance).toBe(hindrance);
  });

  it('says of a colleague who co-signed as often as the limits allow that it was too often, but not of a lead', () => {
    const slots = [slot([], [id(3), id(9)]), slot([], [id(3), id(9)])];
    const found = list([person(3), person(9)], slots);
    expect(found.map(({ person: { id: who }, hindrance }) => [who, hindrance])).toEqual([
      [id(9), null],
      [id(3), 'pair-limit'],
    ]);
  });
});

describe('who sees the ticket', () => {
  const around = {
    ...NOTHING_KNOWN,
    assignment: { assignee: id(3), group },
    members: [id(4)],
  };
  it.each([
    ['assigned', 3, null, false],
    ['assigned', 4, 'cannot-open', false],
    ['groups', 4, null, false],
    ['groups', 5, 'cannot-open', false],
    ['organization', 5, null, true],
    ['unknown', 5, null, true],
  ] as const)('restricted to %s, person %i', (restriction, number, hindrance, mayNotSee) => {
    expect(list([person(number, { restriction })], [], around)[0]).toMatchObject({
      hindrance,
      mayNotSee,
    });
  });

  it('is not known while the page or the group has not told', () => {
    for (const restriction of ['assigned', 'groups']) {
      expect(list([person(4, { restriction })])[0]).toMatchObject({
        hindrance: null,
        mayNotSee: true,
      });
    }
  });

  it('is nobody of any group where the ticket has none', () => {
    const nowhere = { ...around, assignment: { assignee: null, group: null }, members: null };
    expect(list([person(4, { restriction: 'groups' })], [], nowhere)[0]?.hindrance).toBe(
      'cannot-open',
    );
  });
});

describe('the order, and so the proposal', () => {
  it('puts first who co-signed least, then who was asked least', () => {
    const slots = [slot([id(3)], [id(3)]), slot([id(4)])];
    expect(ids(list([person(3), person(4), person(5)], slots))).toEqual([id(5), id(4), id(3)]);
  });

  it('puts who is away behind who is here or says nothing, and who may not see it behind both', () => {
    const people = [person(3), person(4), person(5), person(6, { restriction: 'unknown' })];
    const availability = { [id(3)]: 'away', [id(4)]: 'Lunch', [id(5)]: 'transfers_only' };
    const found = list(people, [], { ...NOTHING_KNOWN, availability });
    expect(found.map((one) => [one.person.id, one.presence])).toEqual([
      [id(4), 'other'],
      [id(5), 'here'],
      [id(3), 'away'],
      [id(6), null],
    ]);
  });

  it('proposes the first who can be asked and is not asked yet', () => {
    const found = list([person(3), person(4, { role: 'light' }), person(5)]);
    expect(proposed(found, [])?.person.id).toBe(id(3));
    expect(proposed(found, [person(3)])?.person.id).toBe(id(5));
    expect(proposed(found, [person(3), person(5)])).toBeUndefined();
  });
});

it('finds a name by any part of it, whatever its case and accents', () => {
  expect(nameHas('Tomás Herrera', 'tomas h')).toBe(true);
  expect(nameHas('山口 さくら', 'さく')).toBe(true);
  expect(nameHas('Ben Okafor', 'Lea')).toBe(false);
});
