import { parse, TomlError } from 'smol-toml';
import { isShape, type Mistake, type MistakeCode, type SettingName } from '#domain/settings.ts';

/** A list of tables (`[[tier]]` …) as typed into a multiline setting. */
export interface TomlList {
  /** What stands under the list's name; undefined: nothing. */
  readonly value: unknown;
  /** What is wrong with the text as such. */
  readonly mistakes: readonly Mistake[];
  /** Whether a line in this entry (from 1) can't be read: then what is missing in it says nothing. */
  readonly isBroken: (entry: number) => boolean;
  /** The line at which a mistake in the list stands. */
  readonly lineOf: (values: Mistake['values']) => number | null;
}

/** More than anybody mends at once; each costs another reading of the text. */
const MOST_MISTAKES = 50;

/**
 * Reads a list, and goes on after a line that can't be read as if it were empty, so that all mistakes
 * are told at once.
 * @param name of the tables, such as `tier`
 */
export function readTomlList(setting: SettingName, typed: unknown, name: string): TomlList {
  const text = typeof typed === 'string' ? typed : '';
  const lines = text.split(/\r?\n/);
  const mistakes: Mistake[] = [];
  let tables: Readonly<Record<string, unknown>> = {};
  const kept = [...lines];
  for (;;) {
    try {
      tables = parse(kept.join('\n'));
      break;
    } catch (cause) {
      if (!(cause instanceof TomlError)) throw cause;
      const { line } = cause;
      const { code, values, goesOn } = explain(cause, kept[line - 1] ?? '', name);
      mistakes.push({ setting, line, code, values });
      if (!goesOn || mistakes.length >= MOST_MISTAKES || kept[line - 1] === '') break;
      kept[line - 1] = '';
    }
  }
  const where = placesIn(lines, name);
  const value = tables[name];
  const broken = new Set(
    mistakes.map(
      ({ line }) => where.entries.findLastIndex((entry) => entry.line <= (line ?? 0)) + 1,
    ),
  );
  for (const member of broken.has(0) ? [] : Object.keys(tables)) {
    if (member === name) continue;
    const line = where.top.get(member) ?? null;
    const values = { member, known: `[[${name}]]` };
    mistakes.push({ setting, line, code: 'unknown-member', values });
  }
  return {
    value,
    mistakes,
    isBroken: (entry) => broken.has(entry),
    lineOf: (values) => lineOf(where, value, values),
  };
}

interface Explained {
  readonly code: MistakeCode;
  readonly values: Mistake['values'];
  /** false: where the text goes on can't be known. */
  readonly goesOn: boolean;
}

/** What people do wrong most often, by the line itself; for all else the parser's own words. */
function explain({ message }: TomlError, line: string, name: string): Explained {
  const [first = ''] = message.split('\n');
  const what = first.replace('Invalid TOML document: ', '');
  const [, key = ''] = /^\s*([\w.-]+)/.exec(line) ?? [];
  const as = (code: MistakeCode): Explained => ({
    code,
    values: { key, what, member: name },
    goesOn: true,
  });
  if (/unfinished string|control characters/.test(what)) {
    return { ...as('toml-unfinished'), goesOn: !/"""|'''/.test(line) };
  }
  if (/^\s*\[/.test(line)) return as('list-expected');
  if (/[“”„‟‘’]/.test(line) && !/["']/.test(line)) return as('toml-quotes');
  if (/redefine/.test(what)) return as('toml-twice');
  if (/^\s*[\w.-]+\s*=\s*(?:#.*)?$/.test(line)) return as('toml-value-missing');
  if (/^\s*[\w.-]+\s*=\s*\d+(?:,\d+)+\s*(?:#.*)?$/.test(line)) return as('toml-comma');
  if (/^\s*[\w.-]+\s*=\s*\p{L}/u.test(line)) return as('toml-unquoted');
  if (/^\s*[\w.-]+[^=[]*$/.test(line)) return as('toml-equals');
  return as('toml');
}

interface Places {
  /** Where each entry begins, and where each of its members stands. */
  readonly entries: readonly { readonly line: number; readonly members: Map<string, number> }[];
  /** Where each name outside the entries stands. */
  readonly top: ReadonlyMap<string, number>;
}

/** Finds headings and members in the text itself: a parsed value no longer knows where it stood. */
function placesIn(lines: readonly string[], name: string): Places {
  const entries: { line: number; members: Map<string, number> }[] = [];
  const top = new Map<string, number>();
  let current: Map<string, number> = top;
  let open: '"""' | "'''" | null = null;
  let prefix = '';
  for (const [index, text] of lines.entries()) {
    const line = index + 1;
    if (open !== null) {
      if (text.includes(open)) open = null;
      continue;
    }
    const [, heading = '', path = ''] = /^\s*(\[{1,2})\s*([^\]]+?)\s*\]/.exec(text) ?? [];
    if (heading !== '') {
      const [first = '', ...rest] = path.split('.').map(unquoted);
      if (first === name && rest.length === 0) {
        current = new Map();
        prefix = '';
        entries.push({ line, members: current });
      } else if (first === name) {
        current.set(rest[0] ?? '', current.get(rest[0] ?? '') ?? line);
        prefix = `${rest.join('.')}.`;
      } else {
        current = new Map();
        prefix = '';
        top.set(first, line);
      }
      continue;
    }
    const [, key = ''] =
      /^\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=/.exec(text) ??
      [];
    if (key !== '') {
      const names = key.split('.').map(unquoted);
      const [first = ''] = names;
      if (prefix === '') current.set(first, current.get(first) ?? line);
      current.set(prefix + names.join('.'), line);
    }
    for (const mark of ['"""', "'''"] as const) {
      if (text.split(mark).length % 2 === 0) open = mark;
    }
  }
  return { entries, top };
}

const unquoted = (text: string): string => text.trim().replace(/^(["'])(.*)\1$/, '$2');

function lineOf(
  { entries, top }: Places,
  value: unknown,
  values: Mistake['values'],
): number | null {
  const { at, key, member = '' } = values;
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  const keyed = list.findIndex(
    (entry) => isShape(entry) && String(entry['key']).trim() === String(key),
  );
  const index = typeof at === 'number' ? at - 1 : keyed;
  const entry = entries[index];
  // A list written as one array has no headings: what begins it is as near as can be told.
  if (!entry) return [...top.values()][0] ?? entries[0]?.line ?? null;
  const [outer = ''] = String(member).split('.');
  return entry.members.get(String(member)) ?? entry.members.get(outer) ?? entry.line;
}
