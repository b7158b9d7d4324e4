import { describe, expect, it } from 'vitest';
import { createDictionary } from './messages.ts';

const parcels = { parcels: { one: '{count} parcel', other: '{count} parcels' } };

describe('a dictionary', () => {
  it('puts values in, and leaves a place without a value as it is', () => {
    const { say } = createDictionary('en', { hello: { ana: 'Hello {name}, {other}' } });
    expect(say('hello.ana', { name: 'Ana' })).toBe('Hello Ana, {other}');
  });

  it('chooses the form by the language’s own rules', () => {
    const english = createDictionary('en', parcels);
    expect(english.say('parcels', { count: 1 })).toBe('1 parcel');
    expect(english.say('parcels', { count: 0 })).toBe('0 parcels');
    const polish = createDictionary('pl', {
      parcels: { one: '{count} paczka', few: '{count} paczki', other: '{count} paczek' },
    });
    expect(polish.say('parcels', { count: 3 })).toBe('3 paczki');
    expect(polish.say('parcels', { count: 12 })).toBe('12 paczek');
  });

  it('has a form of its own for each of the six numbers of Arabic', () => {
    const arabic = createDictionary('ar', {
      parcels: { zero: 'z', one: 'o', two: 't', few: 'f', many: 'm', other: 'x' },
    });
    const forms = [0, 1, 2, 3, 11, 100].map((count) => arabic.say('parcels', { count }));
    expect(forms.join('')).toBe('zotfmx');
  });

  it('takes the form for all others where the language has none for the number', () => {
    expect(createDictionary('ar', parcels).say('parcels', { count: 2 })).toBe('2 parcels');
  });

  it('gives the key where there is no text, or only a part of the path', () => {
    const { say } = createDictionary('en', { a: { b: 'text' } });
    expect(say('a.c')).toBe('a.c');
    expect(say('a')).toBe('a');
    expect(say('a.b.c')).toBe('a.b.c');
  });

  it('takes in texts that come later, beside those of the same part', () => {
    const dictionary = createDictionary('en', { action: { close: 'Close' } });
    dictionary.add({ action: { open: 'Open' }, note: 'Note' });
    expect(['action.close', 'action.open', 'note'].map((key) => dictionary.say(key))).toEqual([
      'Close',
      'Open',
      'Note',
    ]);
  });
});
