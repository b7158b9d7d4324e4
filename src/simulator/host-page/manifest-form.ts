import type { JsonValue } from '../state.ts';

/** One setting of the app, as its manifest and translations describe it. */
export interface Parameter {
  name: string;
  type: string;
  required: boolean;
  default: JsonValue;
  label: string;
  help: string;
}

type Tree = { [key: string]: unknown };

const isTree = (value: unknown): value is Tree =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A translation may be a string, or the `{ title, value }` that translators get. */
function textAt(tree: unknown, path: readonly string[]): string | null {
  const at = path.reduce<unknown>((node, key) => (isTree(node) ? node[key] : undefined), tree);
  if (typeof at === 'string') return at;
  return isTree(at) && typeof at['value'] === 'string' ? at['value'] : null;
}

/**
 * The form's fields from the parsed manifest.json and translation files, the first that has a text
 * wins. Zendesk shows no `hidden` parameters.
 */
export function parametersOf(manifest: unknown, translations: readonly unknown[]): Parameter[] {
  const listed = isTree(manifest) ? manifest['parameters'] : undefined;
  if (!Array.isArray(listed)) return [];
  const text = (name: string, leaf: string) =>
    translations
      .map((tree) => textAt(tree, ['app', 'parameters', name, leaf]))
      .find((found) => found !== null) ?? '';
  return listed.filter(isTree).flatMap((parameter) => {
    const name = String(parameter['name']);
    const type = String(parameter['type']);
    if (type === 'hidden') return [];
    return {
      name,
      type,
      required: parameter['required'] === true,
      default: (parameter['default'] ?? null) as JsonValue,
      label: text(name, 'label') || name,
      help: text(name, 'helpText'),
    };
  });
}

/** What is saved for what was typed: numbers as numbers, an emptied field as an empty text. */
export function savedValue(parameter: Parameter, typed: string | boolean): JsonValue {
  if (typeof typed === 'boolean') return typed;
  if (parameter.type !== 'number' || typed.trim() === '') return typed;
  const number = Number(typed);
  return Number.isFinite(number) ? number : typed;
}
