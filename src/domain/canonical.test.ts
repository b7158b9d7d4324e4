import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyText } from '#tests/support/any-text.ts';
import { type Canonical, canonicalJson, digestOf } from './canonical.ts';

const { tree } = fc.letrec<{ tree: Canonical }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4 },
    anyText(),
    fc.maxSafeInteger(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('tree'), { maxLength: 4 }),
    fc.dictionary(anyText(), tie('tree'), { maxKeys: 4 }),
  ),
}));

/** The same value, built the other way round: members in reverse, texts decomposed. */
function otherSpelling(value: Canonical): Canonical {
  if (typeof value === 'string') return value.normalize('NFD');
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each: Canonical) => otherSpelling(each));
  const members = Object.entries(value as Readonly<Record<string, Canonical>>);
  return Object.fromEntries(
    members.reverse().map(([key, member]) => [key.normalize('NFD'), otherSpelling(member)]),
  );
}

describe('canonical JSON', () => {
  it('has one spelling for one meaning', () => {
    expect(canonicalJson({ b: 1, a: [true, null, 'x'] })).toBe('{"a":[true,null,"x"],"b":1}');
    expect(canonicalJson({ a: 'e\u0301' })).toBe(canonicalJson({ a: '\u00e9' }));
    expect(canonicalJson(-0)).toBe('0');
    expect(canonicalJson({})).toBe('{}');
    expect(canonicalJson([])).toBe('[]');
  });

  it('sorts keys as they are written, not as they came', () => {
    expect(canonicalJson({ 'e\u0301': 1, f: 2 })).toBe(canonicalJson({ f: 2, '\u00e9': 1 }));
  });

  it('is the same however the value was built', () => {
    fc.assert(
      fc.property(tree, (value) => {
        expect(canonicalJson(otherSpelling(value))).toBe(canonicalJson(value));
      }),
    );
  });

  it('is JSON, and reading and writing it again changes nothing', () => {
    fc.assert(
      fc.property(tree, (value) => {
        const text = canonicalJson(value);
        expect(canonicalJson(JSON.parse(text) as Canonical)).toBe(text);
      }),
    );
  });

  it.each([0.1, NaN, Infinity, 2 ** 53])('refuses %d, which has many spellings', (value) => {
    expect(() => canonicalJson(value)).toThrow(RangeError);
  });
});

describe('a digest', () => {
  it('is SHA-256 of the UTF-8 bytes in lower-case hex', () => {
    expect(digestOf('')).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(digestOf('abc')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
    expect(digestOf('é')).toBe('4a99557e4033c3539de2eb65472017cad5f9557f7a0625a09f1c3f6e2ba69c4c');
  });
});
