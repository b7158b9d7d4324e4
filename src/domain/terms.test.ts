import { describe, expect, it } from 'vitest';
import {
  ADA,
  BEN,
  cents,
  historyOf,
  must,
  named,
  published,
  START,
  terms,
  user,
} from '#tests/support/journal-builder.ts';
import { digestOf } from './canonical.ts';
import { groupId } from './ids.ts';
import { DAY, HOUR, plus, SECOND } from './instant.ts';
import {
  canonicalTerms,
  type FrozenWhy,
  judgeTerms,
  limitsOf,
  termsDigest,
  termsInForce,
  termsUsable,
  type Tier,
  tierFor,
} from './terms.ts';

const limits = {
  budget: cents(50000),
  self: cents(4000),
  cosign: cents(20000),
  hard: cents(60000),
};
const senior: Tier = { key: 'senior', name: 'Senior', tag: 'senior', group: null, limits };
const seasoned: Tier = { key: 'two', name: 'Two', tag: null, group: groupId(77), limits };

describe('the judgement of terms records', () => {
  const first = terms();
  const second = terms({ number: 2, startsAt: START, cosigners: 2 });

  it('finds a record good whose form has its digest and whose last writer is an admin', () => {
    const [entry] = historyOf(first);
    expect(entry).toMatchObject({
      state: 'good',
      number: 1,
      digest: termsDigest(first),
      terms: first,
    });
  });

  const frozen = {
    altered: [published(first, { canonical: canonicalTerms({ ...first, cosigners: 3 }) })],
    missing: [published(second)],
    'writer-not-admin': [published(first, { updatedBy: BEN })],
    'writer-unknown': [published(first, { updatedBy: user(99) })],
  } satisfies Record<FrozenWhy, readonly ReturnType<typeof published>[]>;

  it.each(Object.entries(frozen))('freezes a record that is %s', (why, records) => {
    const isAdmin = (id: string) => (id === user(99) ? null : id === ADA);
    expect(judgeTerms(records, isAdmin)[0]).toMatchObject({ state: 'frozen', number: 1, why });
  });

  it.each([
    ['digest', { digest: digestOf('something else') }],
    ['start', { startsAt: plus(first.startsAt, HOUR) }],
    ['start, emptied', { startsAt: null }],
  ])(
    'freezes a record with another %s; its canonical form still tells the terms',
    (_, different) => {
      expect(historyOf(published(first, different))[0]).toMatchObject({
        state: 'frozen',
        why: 'altered',
        terms: first,
        digest: termsDigest(first),
      });
    },
  );

  it.each([
    ['canonical form', { canonical: '{}' }],
    ['canonical form and digest, unreadable', { canonical: '{}', digest: digestOf('{}') }],
    [
      'number',
      {
        number: 1,
        canonical: canonicalTerms(second),
        digest: termsDigest(second),
        startsAt: START,
      },
    ],
  ])('freezes a record with another %s, and knows nothing of it then', (_what, different) => {
    expect(historyOf(published(first, different))[0]).toMatchObject({
      state: 'frozen',
      why: 'altered',
      terms: null,
      digest: null,
    });
  });

  describe('where this client has seen the terms good before', () => {
    const seen = new Map([
      [1, canonicalTerms(first)],
      [2, canonicalTerms(second)],
    ]);
    const judged = (...records: Parameters<typeof judgeTerms>[0]) =>
      judgeTerms(records, (id) => id === ADA, seen);

    it('knows that the newest was deleted: it is in force, frozen, and not the one before it', () => {
      const history = judged(published(first));
      expect(history).toMatchObject([
        { state: 'good' },
        { state: 'frozen', why: 'missing', terms: second },
      ]);
      expect(termsInForce(history, plus(second.startsAt, DAY))).toBe(history[1]);
    });

    it('knows what an altered record said, so that an admin can affirm it', () => {
      const [entry] = judged(published(first, { canonical: '{}' }), published(second));
      expect(entry).toMatchObject({
        state: 'frozen',
        why: 'altered',
        terms: first,
        digest: termsDigest(first),
      });
    });

    it('knows that the newest was deleted before it started: the ones before it are over', () => {
      const third = terms({ number: 3, startsAt: plus(START, DAY) });
      const history = judgeTerms(
        [published(first), published(second)],
        (id) => id === ADA,
        new Map([[3, canonicalTerms(third)]]),
      );
      expect(termsInForce(history, START)).toBe(history[2]);
    });

    it('knows when terms started that were deleted from the middle: the ones before them end then', () => {
      const third = terms({ number: 3, startsAt: plus(START, 5 * DAY) });
      const history = judged(published(first), published(third));
      expect(termsInForce(history, plus(START, -SECOND))).toBe(history[0]);
      expect(termsInForce(history, START)).toBe(history[1]);
      expect(termsUsable(history, named(first), plus(START, HOUR))).toMatchObject({ why: 'ended' });
    });

    it('takes nothing for terms that has the number of others', () => {
      const mixedUp = new Map([[1, canonicalTerms(second)]]);
      expect(judgeTerms([], () => true, mixedUp)).toMatchObject([{ why: 'missing', terms: null }]);
    });

    it.each([10_001, 0, 1.5])('is not blown up by what it kept under the number %d', (number) => {
      const kept = new Map([[number, canonicalTerms(second)]]);
      expect(judgeTerms([published(first)], () => true, kept)).toHaveLength(1);
    });

    it('takes a record that is whole and an admin’s as it is', () => {
      expect(judged(published(first), published(second))).toMatchObject([
        { state: 'good' },
        { state: 'good' },
      ]);
    });
  });

  it('knows the terms of a record whose writer is no admin, so that they can be affirmed', () => {
    expect(historyOf(published(first, { updatedBy: BEN }))[0]).toMatchObject({ terms: first });
    const affirmed = published(first, { createdBy: BEN, updatedBy: ADA });
    expect(historyOf(affirmed)[0]).toMatchObject({ state: 'good' });
  });

  it('takes a record without a writer for one that no admin wrote', () => {
    const [entry] = judgeTerms([published(first, { updatedBy: null })], () => true);
    expect(entry).toMatchObject({ why: 'writer-not-admin' });
  });

  it('is in the order of numbers without gaps, however the records came', () => {
    const fourth = terms({ number: 4, startsAt: START });
    const history = historyOf(fourth, second, first);
    expect(history.map(({ number, state }) => [number, state])).toEqual([
      [1, 'good'],
      [2, 'good'],
      [3, 'frozen'],
      [4, 'good'],
    ]);
    expect(historyOf()).toEqual([]);
  });

  it.each([1e9, 0, -1, 1.5, NaN])(
    'is not blown up by a forged record with the number %d',
    (number) => {
      const history = historyOf(published(first), published(second, { number }));
      expect(history.map((entry) => entry.number)).toEqual([1]);
    },
  );
});

describe('the terms in force', () => {
  const first = terms();
  const second = terms({ number: 2, startsAt: START });

  it('are the highest that have started, to the second', () => {
    const history = historyOf(first, second);
    expect(termsInForce(history, plus(first.startsAt, -SECOND))).toBeUndefined();
    expect(termsInForce(history, first.startsAt)?.number).toBe(1);
    expect(termsInForce(history, plus(START, -SECOND))?.number).toBe(1);
    expect(termsInForce(history, START)?.number).toBe(2);
  });

  const startsLater = { startsAt: plus(START, HOUR) };
  const writtenBefore = { createdAt: plus(START, -DAY) };

  it.each([
    ['start, not when their record was made', writtenBefore],
    ['form’s start where the record’s is altered', { ...writtenBefore, ...startsLater }],
    ['record’s start where the form is altered', { ...writtenBefore, canonical: '{}' }],
    ['record’s making where nothing tells their start', { canonical: '{}', startsAt: null }],
  ])('hold from their %s', (_what, different) => {
    const history = historyOf(published(first), published(second, different));
    expect(termsInForce(history, plus(START, -SECOND))?.number).toBe(1);
    expect(termsInForce(history, START)?.number).toBe(2);
  });

  it('are not deleted ones of which nothing is known', () => {
    const history = historyOf(first, terms({ number: 3, startsAt: plus(START, DAY) }));
    expect(termsInForce(history, START)?.number).toBe(1);
  });

  it('are none before the first publication', () => {
    expect(termsInForce([], START)).toBeUndefined();
  });

  it('may be frozen ones: nothing new is written under older ones for that', () => {
    const history = historyOf(published(first), published(second, { updatedBy: BEN }));
    expect(termsInForce(history, START)).toMatchObject({ number: 2, state: 'frozen' });
  });
});

describe('the use of terms', () => {
  const first = terms();
  const second = terms({ number: 2, startsAt: START });
  const history = historyOf(first, second);

  it('begins with their start, to the second', () => {
    expect(termsUsable(history, named(second), plus(START, -SECOND))).toEqual({
      ok: false,
      why: 'not-started',
    });
    expect(termsUsable(history, named(second), START)).toMatchObject({ ok: true });
  });

  it('ends an hour after the next terms start, to the second', () => {
    expect(termsUsable(history, named(first), START)).toMatchObject({ ok: true });
    expect(termsUsable(history, named(first), plus(START, HOUR - SECOND))).toMatchObject({
      ok: true,
      entry: { number: 1, terms: first },
    });
    expect(termsUsable(history, named(first), plus(START, HOUR))).toEqual({
      ok: false,
      why: 'ended',
    });
  });

  it('ends by later terms even when the next ones are missing', () => {
    const third = terms({ number: 3, startsAt: START });
    const gap = historyOf(first, third);
    expect(termsUsable(gap, named(first), plus(START, HOUR))).toMatchObject({ why: 'ended' });
  });

  it('is another digest than that of whole terms', () => {
    const wrong = { number: 1, digest: digestOf('x') };
    expect(termsUsable(history, wrong, START)).toEqual({ ok: false, why: 'other-digest' });
  });

  it('is unknowable, not invented, when the record was made only after it was named', () => {
    const later = plus(START, DAY);
    const anew = historyOf(published(first, { createdAt: later, updatedAt: later }));
    const gone = { number: 1, digest: digestOf('what was deleted') };
    expect(termsUsable(anew, gone, START)).toEqual({ ok: false, why: 'unknowable' });
    expect(termsUsable(anew, gone, later)).toEqual({ ok: false, why: 'other-digest' });
  });

  it('is unknowable for another number, an altered or a missing record', () => {
    expect(termsUsable(history, { ...named(first), number: 9 }, START)).toMatchObject({
      why: 'unknowable',
    });
    expect(termsUsable(historyOf(second), named(first), START)).toMatchObject({
      why: 'unknowable',
    });
    const altered = historyOf(published(first, { canonical: '{}' }));
    expect(termsUsable(altered, named(first), START)).toMatchObject({ why: 'unknowable' });
  });

  it('is unknowable for another digest than that of terms which are not good', () => {
    const left = historyOf(published(first, { updatedBy: BEN }));
    const wrong = { number: 1, digest: digestOf('x') };
    expect(termsUsable(left, wrong, START)).toEqual({ ok: false, why: 'unknowable' });
  });

  it('is still known where only the writer is no admin', () => {
    const left = historyOf(published(first, { updatedBy: BEN }));
    expect(termsUsable(left, named(first), START)).toMatchObject({
      ok: true,
      entry: { state: 'frozen', why: 'writer-not-admin' },
    });
  });

  it('is not ended after the fact by a record that somebody writes later with an earlier start', () => {
    const forged = terms({ number: 2, startsAt: plus(START, -5 * DAY), leads: [BEN] });
    const writtenAt = plus(START, DAY);
    const records = [
      published(first),
      published(forged, { createdAt: writtenAt, createdBy: BEN, updatedBy: BEN }),
    ];
    expect(termsUsable(historyOf(...records), named(first), START)).toMatchObject({ ok: true });
    expect(termsInForce(historyOf(...records), START)?.number).toBe(1);
    expect(termsInForce(historyOf(...records), writtenAt)?.number).toBe(2);
  });

  it('is not ended after the fact by a later record whose start is altered', () => {
    const altered = published(terms({ number: 2, startsAt: plus(START, DAY) }), {
      startsAt: plus(START, -5 * DAY),
    });
    expect(termsUsable(historyOf(published(first), altered), named(first), START)).toMatchObject({
      ok: true,
    });
  });
});

describe('tiers', () => {
  const tiered = terms({ tiers: [senior, seasoned] });

  it('give other limits', () => {
    expect(limitsOf(tiered, null)).toBe(tiered.limits);
    expect(limitsOf(tiered, 'senior')).toBe(limits);
    expect(limitsOf(tiered, 'gone')).toBeNull();
  });

  it('go by tag or group, the first that fits', () => {
    const group = must(groupId(77));
    expect(tierFor(tiered, { tags: [], groups: [] })).toBeNull();
    expect(tierFor(tiered, { tags: ['senior'], groups: [group] })).toBe(senior);
    expect(tierFor(tiered, { tags: ['new'], groups: [group] })).toBe(seasoned);
    expect(tierFor(terms(), { tags: ['senior'], groups: [group] })).toBeNull();
  });

  it('without tag and group fit nobody', () => {
    const nobody = { ...senior, tag: null };
    expect(tierFor(terms({ tiers: [nobody] }), { tags: [''], groups: [] })).toBeNull();
  });
});
