import { readdir, readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { englishNotes } from '#app/notes-language.ts';

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
