import { expect, test } from 'vitest';
import { parametersOf, savedValue, type Parameter } from './manifest-form.ts';

const manifest = {
  parameters: [
    { name: 'limit', type: 'number', required: true, default: 20 },
    { name: 'list', type: 'multiline' },
    { name: 'secret_flag', type: 'hidden' },
  ],
};

test('fields come from the manifest, their texts from the first translation that has them', () => {
  const german = { app: { parameters: { limit: { label: 'Grenze' } } } };
  const english = {
    app: {
      parameters: { limit: { label: 'Limit', helpText: { title: 't', value: 'In dollars' } } },
    },
  };
  expect(parametersOf(manifest, [german, english])).toEqual([
    {
      name: 'limit',
      type: 'number',
      required: true,
      default: 20,
      label: 'Grenze',
      help: 'In dollars',
    },
    { name: 'list', type: 'multiline', required: false, default: null, label: 'list', help: '' },
  ]);
});

test('what is no manifest has no fields', () => {
  expect(parametersOf(null, [])).toEqual([]);
  expect(parametersOf({ parameters: 'x' }, [])).toEqual([]);
});

test('a number is saved as a number, an emptied field as an empty text, nonsense as it was typed', () => {
  const [limit] = parametersOf(manifest, []) as [Parameter];
  expect(savedValue(limit, '12.50')).toBe(12.5);
  expect(savedValue(limit, '')).toBe('');
  expect(savedValue(limit, 'a lot')).toBe('a lot');
  expect(savedValue({ ...limit, type: 'text' }, '12')).toBe('12');
  expect(savedValue({ ...limit, type: 'checkbox' }, true)).toBe(true);
});
