import { expect, it } from 'vitest';
import { type Zaf, ZafError } from './zaf-client.ts';
import { readTicketFacts } from './zaf-ticket-facts.ts';

const zafGet = (values: Readonly<Record<string, unknown>>): Zaf => ({
  settings: {},
  context: {},
  get: (...paths) => {
    const missing = paths.find((path) => !(path in values));
    return missing === undefined
      ? Promise.resolve(paths.map((path) => values[path]))
      : Promise.reject(new ZafError('host-refused', missing));
  },
  set: () => Promise.resolve(),
  invoke: () => Promise.resolve(),
  on: () => () => undefined,
  request: () => Promise.resolve(),
});

const field = (id: number) => `ticket.customField:custom_field_${String(id)}`;

it('gives what the page knows of the ticket, each field by its id', async () => {
  const page = zafGet({
    'ticket.tags': ['parcel', 'vip'],
    'ticket.form': { id: 900, name: 'Delivery' },
    'ticket.organization': { id: 500, name: 'Acme' },
    [field(1)]: 'gold',
    [field(2)]: null,
    [field(3)]: '',
    [field(4)]: 20418,
    [field(5)]: ['red', 'blue'],
    [field(6)]: true,
  });
  expect(await readTicketFacts(page, ['1', '2', '3', '4', '5', '6'])).toEqual({
    tags: ['parcel', 'vip'],
    form: ['900', 'Delivery'],
    organization: ['500', 'Acme'],
    fields: {
      '1': ['gold'],
      '2': [],
      '3': [],
      '4': ['20418'],
      '5': ['red', 'blue'],
      '6': ['true'],
    },
  });
});

it('tells none from not known: a form or organization that is null is none', async () => {
  const none = zafGet({ 'ticket.tags': [], 'ticket.form': null, 'ticket.organization': null });
  expect(await readTicketFacts(none, ['1'])).toEqual({
    tags: [],
    form: [],
    organization: [],
    fields: {},
  });
  expect(await readTicketFacts(zafGet({}), ['1'])).toEqual({
    tags: null,
    form: null,
    organization: null,
    fields: {},
  });
  const strange = zafGet({ 'ticket.tags': 'vip', 'ticket.form': 7, [field(1)]: { deep: 1 } });
  expect(await readTicketFacts(strange, ['1'])).toMatchObject({
    tags: null,
    form: null,
    fields: {},
  });
});
