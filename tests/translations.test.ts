import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { englishNotes } from '#app/notes-language.ts';
import { LANGUAGES } from '#ui/shared/languages.ts';

const folder = new URL('../src/use-cases/', import.meta.url);

/** Keys as they stand in the code: `say('note.given')`, `sayInNotes('slot.unusedName')`. */
async function keysInUse(): Promise<readonly string[]> {
  const files = (await readdir(folder)).filter((name) => !name.includes('.test.'));
  const sources = await Promise.all(files.map((name) => readFile(new URL(name, folder), 'utf8')));
  return sources.flatMap((source) =>
    [...source.matchAll(/'((?:note|slot|terms)\.[A-Za-z.]+)'/g)].map(([, key = '']) => key),
  );
}

describe('the notes that are written to tickets', () => {
  it('have a text for every key in use', async () => {
    const keys = [...(await keysInUse()), 'note.asked.peer', 'note.asked.lead'];
    expect(keys.length).toBeGreaterThan(15);
    expect(keys.filter((key) => englishNotes.say(key) === key)).toEqual([]);
  });
});

const translations = new URL('../translations/', import.meta.url);

type Node = string | { readonly [key: string]: Node };

interface Text {
  readonly key: string;
  /** One, or one for each plural form. */
  readonly forms: ReadonlyMap<string, string>;
}

const PLURALS = new Set(['zero', 'one', 'two', 'few', 'many', 'other']);

/** Every text of a file; plural forms are one text. */
function textsOf(node: Node, key = ''): readonly Text[] {
  if (typeof node === 'string') return [{ key, forms: new Map([['', node]]) }];
  const entries = Object.entries(node);
  if ('other' in node && entries.every(([name]) => PLURALS.has(name)))
    return [{ key, forms: new Map(entries.map(([name, text]) => [name, String(text)])) }];
  return entries.flatMap(([name, child]) => textsOf(child, key === '' ? name : `${key}.${name}`));
}

const read = async (language: string): Promise<readonly Text[]> =>
  textsOf(JSON.parse(await readFile(new URL(`${language}.json`, translations), 'utf8')) as Node);

const placesOf = (text: string): string =>
  [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name))].sort().join();

const BUTTONS = /\.(?:action|submit)\.|\.(?:open|more|older|choose|remove|removeShort)$/;

describe('the languages', () => {
  it('are the files of translations/', async () => {
    const files = (await readdir(translations)).map((name) => name.replace('.json', ''));
    expect(files.sort()).toEqual([...LANGUAGES].sort());
  });

  const english = read('en');

  describe.each(LANGUAGES.filter((language) => language !== 'en'))('%s', (language) => {
    const translated = read(language);

    it('has every text of English and no other', async () => {
      const keys = (texts: readonly Text[]) => texts.map(({ key }) => key).sort();
      expect(keys(await translated)).toEqual(keys(await english));
    });

    it('has the plural forms of its own rules', async () => {
      const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
      const expected = [...pluralCategories].sort();
      const wrong = (await translated).filter(
        ({ forms }) => !forms.has('') && [...forms.keys()].sort().join() !== expected.join(),
      );
      expect(wrong.map(({ key }) => key)).toEqual([]);
    });

    it('has the same places for values; only a form for one number may leave the number out', async () => {
      const places = new Map(
        (await english).map(({ key, forms }) => [key, placesOf([...forms.values()].join(' '))]),
      );
      const wrong = (await translated).flatMap(({ key, forms }) =>
        [...forms].flatMap(([form, text]) => {
          const found = placesOf(text);
          const expected = places.get(key) ?? found;
          const without = expected.split(',').filter((name) => name !== 'count');
          const exact = form === 'zero' || form === 'one' || form === 'two';
          return found === expected || (exact && found === without.join(','))
            ? []
            : [`${key} ${form}: ${text}`];
        }),
      );
      expect(wrong).toEqual([]);
    });

    it('says hardly anything in English, and no button', async () => {
      const inEnglish = new Map((await english).map(({ key, forms }) => [key, forms]));
      const same = (await translated).filter(({ key, forms }) => {
        const original = inEnglish.get(key);
        return original && [...forms].some(([form, text]) => original.get(form) === text);
      });
      expect(same.filter(({ key }) => BUTTONS.test(key)).map(({ key }) => key)).toEqual([]);
      expect(same.length / (await english).length, same.map(({ key }) => key).join()).toBeLessThan(
        0.03,
      );
    });

    it('keeps the words of a reply, which Leeway reads', async () => {
      const byReply = (await translated).find(({ key }) => key === 'note.byReply');
      expect(byReply?.forms.get('')).toMatch(/approve \{code\} \{amount\}.*decline \{code\}/);
    });
  });
});
