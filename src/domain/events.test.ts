import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '#tests/support/any-text.ts';
import {
  ANA,
  BEN,
  cents,
  credit,
  event,
  Journal,
  moment,
  money,
  must,
  TICKET,
  ticket,
  user,
} from '#tests/support/journal-builder.ts';
import { digestOf } from './canonical.ts';
import {
  type CheckerFacts,
  type Citation,
  type JournalEvent,
  type JournalEventType,
  type NamedTerms,
  readJournal,
  writeJournal,
} from './events.ts';
import { auditId } from './ids.ts';
import { plus, SECOND } from './instant.ts';
import { LARGEST_MINOR } from './money.ts';
import type { MakerFacts } from './policy.ts';
import { parseSlotKey } from './slot-key.ts';

const texts = anyText({ maxLength: 40 });
const ids = fc.stringMatching(/^[A-Za-z0-9_-]{8,20}$/);
const people = fc.array(fc.integer({ min: 1, max: 2 ** 50 }).map(user), { maxLength: 5 });
const amounts = fc.integer({ min: 0, max: LARGEST_MINOR }).map(cents);
const step = { id: ids.map(event), credit: ids.map(credit) };
const termsNamed: fc.Arbitrary<NamedTerms> = fc.record({
  number: fc.integer({ min: 1 }),
  digest: texts.map(digestOf),
});
const role = fc.constantFrom('agent', 'admin', 'light', 'end-user');
const makerFacts: fc.Arbitrary<MakerFacts> = fc.record({
  role,
  tier: fc.option(texts),
  budgetUsed: fc.option(amounts),
  customerUsed: fc.option(amounts),
});
const checkerFacts: fc.Arbitrary<CheckerFacts> = fc.record({ role, pairCount: fc.nat() });
const cites: fc.Arbitrary<Citation | null> = fc.option(
  fc.record({ audit: fc.integer({ min: 1 }).map((id) => must(auditId(id))) }),
);
const asPeerOrLead = fc.constantFrom('peer', 'lead');
const digest = texts.map(digestOf);

const anyEvent: fc.Arbitrary<JournalEvent> = fc.oneof(
  fc
    .record({
      type: fc.constant('request'),
      ...step,
      offer: fc.record({
        ticket: fc.integer({ min: 1 }).map(ticket),
        customer: fc.integer({ min: 1 }).map(user),
        maker: fc.integer({ min: 1 }).map(user),
        amount: fc.record({
          minor: fc.integer({ min: 1, max: LARGEST_MINOR }).map(cents),
          currency: fc.constantFrom('USD', 'EUR', 'JPY', 'KWD').map(money),
        }),
        reason: texts,
        note: texts,
        exception: texts,
      }),
      terms: termsNamed,
      facts: makerFacts,
      band: fc.constantFrom('self', 'peer', 'lead'),
      asked: people,
      followed: people,
      slot: fc.record({
        key: fc
          .integer({ min: 1, max: 99999 })
          .map((number) => must(parseSlotKey(`month:2026-11:Etc~UTC:USD/11/${String(number)}`))),
        createdAt: fc
          .integer({ min: 0, max: 10 ** 8 })
          .map((seconds) => plus(moment('2026-01-01T00:00:00Z'), seconds * SECOND)),
      }),
      expiresInHours: fc.integer({ min: 1, max: 8784 }),
    })
    .map((each) => ({ ...each, offer: { ...each.offer, credit: each.credit } })),
  fc.record({
    type: fc.constant('ask'),
    ...step,
    asked: people,
    followed: people,
    lead: fc.boolean(),
  }),
  fc.record({
    type: fc.constant('approve'),
    ...step,
    digest,
    as: asPeerOrLead,
    terms: termsNamed,
    facts: checkerFacts,
    overrun: amounts,
    cites,
  }),
  fc.record({
    type: fc.constant('decline'),
    ...step,
    digest,
    as: asPeerOrLead,
    terms: termsNamed,
    reason: texts,
    cites,
  }),
  fc.record({ type: fc.constant('withdraw'), ...step }),
  fc.record({
    type: fc.constant('reverse'),
    ...step,
    as: fc.constantFrom('maker', 'lead'),
    terms: termsNamed,
    reason: texts,
  }),
);

describe('a journal entry', () => {
  it('reads back as it was written, whatever it says', () => {
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 3 }), (events) => {
        expect(readJournal(writeJournal(events))).toEqual({ kind: 'events', events });
      }),
      { numRuns: 300 },
    );
  });

  it('is one compact text that names no actor', () => {
    const journal = new Journal();
    const on = journal.request(ANA);
    journal.approve(BEN, on);
    for (const { leeway } of journal.audits.slice(1)) {
      expect(leeway).toMatch(/^\{"v":1,"events":\[\{"type":"/);
      expect(leeway).not.toMatch(/"(?:author|actor|by)"/);
    }
  });

  it('never throws and says so when it cannot be read', () => {
    fc.assert(
      fc.property(fc.oneof(fc.anything(), fc.json(), fc.string()), (raw) => {
        expect(['events', 'newer', 'unreadable']).toContain(readJournal(raw).kind);
      }),
    );
  });

  it.each([
    undefined,
    null,
    5,
    {},
    { v: 1, events: [] },
    ['{"v":1,"events":[]}'],
    '',
    'null',
    '[]',
    '{',
    '{"v":1}',
    '{"v":1,"events":{}}',
    '{"v":"1","events":[]}',
    '{"v":0,"events":[]}',
    '{"v":1.5,"events":[]}',
    '{"events":[]}',
    '{"v":1,"events":[],"more":1}',
  ])('%j is unreadable', (raw) => {
    expect(readJournal(raw)).toEqual({ kind: 'unreadable' });
  });

  it('of a newer version names the credits that it is about', () => {
    const raw = JSON.stringify({
      v: 2,
      events: [{ credit: credit('one'), new: true }, { credit: 5 }, 'x', { credit: credit('two') }],
    });
    expect(readJournal(raw)).toEqual({ kind: 'newer', credits: [credit('one'), credit('two')] });
  });

  it('of a newer version may look quite different, and is no mistake then', () => {
    expect(readJournal('{"v":2,"steps":[]}')).toEqual({ kind: 'newer', credits: [] });
    expect(readJournal('{"v":3}')).toEqual({ kind: 'newer', credits: [] });
  });

  it.each(['review', 'thank', 'story'])('may hold a %s, which moves no money', (type) => {
    const raw = JSON.stringify({ v: 1, events: [{ type, whatever: 1 }] });
    expect(readJournal(raw)).toEqual({ kind: 'events', events: [{ type: 'remark' }] });
  });

  it('keeps its readable events beside an unreadable one', () => {
    const raw = JSON.stringify({
      v: 1,
      events: [
        { type: 'withdraw', id: event('one'), credit: credit('one') },
        { type: 'wihtdraw', id: event('two'), credit: credit('two') },
        { type: 'withdraw', id: 'short', credit: credit('three') },
        { type: 'withdraw', id: event('four') },
        7,
        null,
      ],
    });
    expect(readJournal(raw)).toEqual({
      kind: 'events',
      events: [
        { type: 'withdraw', id: event('one'), credit: credit('one') },
        { type: 'unreadable', credit: credit('two') },
        { type: 'unreadable', credit: credit('three') },
        { type: 'unreadable', credit: null },
        { type: 'unreadable', credit: null },
        { type: 'unreadable', credit: null },
      ],
    });
  });
});

type Json = Record<string, unknown>;

/** One event of each type as it is stored. */
function stored(): Record<JournalEventType, Json> {
  const journal = new Journal();
  const on = journal.request(ANA);
  journal.ask(ANA, on, { asked: [BEN] });
  journal.approve(BEN, on, { cites: { audit: must(auditId(7001)) } });
  journal.decline(BEN, on);
  journal.withdraw(ANA, on);
  journal.reverse(ANA, on);
  const events = journal.audits
    .slice(1)
    .map(({ leeway }) => (JSON.parse(String(leeway)) as { events: [Json] }).events[0]);
  return Object.fromEntries(events.map((each) => [each['type'], each])) as Record<
    JournalEventType,
    Json
  >;
}

/** Every path to a member, and of the objects on the way. */
function paths(value: Json, before: readonly string[] = []): (readonly string[])[] {
  return Object.entries(value).flatMap(([key, member]) => {
    const path = [...before, key];
    const isObject = typeof member === 'object' && member !== null && !Array.isArray(member);
    return isObject ? [path, ...paths(member as Json, path)] : [path];
  });
}

function changed(
  value: Json,
  path: readonly string[],
  change: (holder: Json, key: string) => void,
) {
  const copy = structuredClone(value);
  let holder = copy;
  for (const key of path.slice(0, -1)) holder = holder[key] as Json;
  change(holder, must(path.at(-1)));
  return copy;
}

const kindOf = (value: Json): string => {
  const journal = readJournal(JSON.stringify({ v: 1, events: [value] }));
  return journal.kind === 'events' ? must(journal.events[0]).type : journal.kind;
};

/** A fact that is missing or odd reads as unknown, and an unknown fact refuses; a citation may be absent. */
const forgiving = new Set(['facts.budget_used', 'facts.customer_used']);
const optional = new Set([...forgiving, 'cites']);

describe.each(Object.entries(stored()))('a stored %s', (type, value) => {
  const members = paths(value).filter((path) => path[0] !== 'type');

  it('is read', () => {
    expect(kindOf(value)).toBe(type);
  });

  it('is unreadable without any one of its members', () => {
    for (const path of members.filter((each) => !optional.has(each.join('.')))) {
      const without = changed(value, path, (holder, key) => {
        Reflect.deleteProperty(holder, key);
      });
      expect([path.join('.'), kindOf(without)]).toEqual([path.join('.'), 'unreadable']);
    }
  });

  it('is unreadable with any one of its members mistyped', () => {
    for (const path of members.filter((each) => !forgiving.has(each.join('.')))) {
      const mistyped = [{ x: 1 }, [{}], -1, true].filter(
        (each) => !(path.join('.') === 'lead' && each === true),
      );
      for (const wrong of mistyped) {
        const odd = changed(value, path, (holder, key) => {
          holder[key] = wrong;
        });
        expect([path.join('.'), wrong, kindOf(odd)]).toEqual([path.join('.'), wrong, 'unreadable']);
      }
    }
  });

  it('is unreadable with a member more, at any depth', () => {
    const holders = [[], ...members].filter((path) => {
      const held = path.reduce<unknown>((holder, key) => (holder as Json)[key], value);
      return typeof held === 'object' && held !== null && !Array.isArray(held);
    });
    for (const path of holders) {
      const more = changed(value, [...path, 'extra'], (holder, key) => {
        holder[key] = 1;
      });
      expect([path.join('.'), kindOf(more)]).toEqual([path.join('.'), 'unreadable']);
    }
  });
});

describe('what a request may not say', () => {
  const request = stored().request;
  const withMember = (path: string, member: unknown): string =>
    kindOf(
      changed(request, path.split('.'), (holder, key) => {
        holder[key] = member;
      }),
    );

  it.each([
    ['band', 'refused'],
    ['asked', ['11', '12', '13', '14', '21', '22']],
    ['asked', ['x']],
    ['asked', '12'],
    ['followed', [null]],
    ['expires_in_hours', 0],
    ['expires_in_hours', 1.5],
    ['expires_in_hours', 8785],
    ['expires_in_hours', 1e300],
    ['offer.amount_minor', 25.5],
    ['offer.amount_minor', '2500'],
    ['offer.amount_minor', LARGEST_MINOR + 1],
    ['offer.currency', 'usd'],
    ['offer.ticket', 0],
    ['terms.number', 0],
    ['terms.number', 1.5],
    ['terms.digest', 'abc'],
    ['terms.digest', 'a'.repeat(65)],
    ['terms.digest', ['a'.repeat(64)]],
    ['terms.digest', 'A'.repeat(64)],
    ['slot.key', 'probe/11'],
    ['slot.key', ['month:2026-11:Etc~UTC:USD/11/1']],
    ['slot.created_at', '2026-11-22'],
    ['facts.role', 'owner'],
  ])('%s: %j', (path, member) => {
    expect(withMember(path, member)).toBe('unreadable');
  });

  it.each([null, undefined, -1, 0.5, '0', {}])(
    'a used budget of %j, which is unknown and never zero',
    (member) => {
      const odd = changed(request, ['facts', 'budget_used'], (holder, key) => {
        holder[key] = member;
      });
      const journal = readJournal(JSON.stringify({ v: 1, events: [odd] }));
      expect(journal).toMatchObject({ events: [{ facts: { budgetUsed: null } }] });
    },
  );

  it('an expiry may be from an hour to a year', () => {
    expect(withMember('expires_in_hours', 1)).toBe('request');
    expect(withMember('expires_in_hours', 8784)).toBe('request');
  });

  it.each(['abc', 'a'.repeat(65), ['a'.repeat(64)]])('nor may a verdict: the digest %j', (odd) => {
    const { approve, decline } = stored();
    for (const verdict of [approve, decline]) {
      expect(kindOf({ ...verdict, digest: odd })).toBe('unreadable');
    }
  });

  it('ids may be digits or numbers: they are the same ids', () => {
    expect(withMember('offer.ticket', Number(TICKET))).toBe('request');
    expect(withMember('asked', [Number(BEN)])).toBe('request');
  });
});
