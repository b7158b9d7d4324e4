import { describe, expect, it } from 'vitest';
import { installApp } from './install-app.ts';
import { createEmptyState } from './state.ts';

const manifest = {
  name: 'App',
  version: '2.0.0',
  parameters: [
    { name: 'limit', type: 'number', default: 5 },
    { name: 'note', type: 'text' },
  ],
};

const requirements = {
  views: {
    waiting: { title: 'Waiting', all: [{ field: 'status', operator: 'is', value: 'open' }] },
  },
  custom_objects_v2: {
    objects: [{ key: 'thing', title: 'T', title_pluralized: 'Ts', include_in_list_view: true }],
    object_fields: [{ key: 'size', type: 'integer', title: 'Size', object_key: 'thing' }],
    object_triggers: [],
  },
};

describe('installing an app', () => {
  it('keeps defaults, leaves out what nobody typed, and lets settings stand above', () => {
    const app = installApp(createEmptyState(), manifest, requirements, { limit: '7' });
    expect(app.settings).toEqual({ title: 'App', limit: '7' });
  });

  it('makes what the requirements name, and remembers what each became', () => {
    const state = createEmptyState();
    const { requirements: made } = installApp(state, manifest, requirements);
    expect(state.custom_object_fields['thing']).toMatchObject([{ key: 'size', type: 'integer' }]);
    expect(state.views[String(made['waiting']?.requirement_id)]?.title).toBe('Waiting');
    expect(made['thing']).toEqual({
      requirement_id: 'thing',
      requirement_type: 'custom_objects_v2',
    });
  });

  it('fails when an object of that key exists, and on a manifest that is none', () => {
    const state = createEmptyState();
    installApp(state, manifest, requirements);
    expect(() => installApp(state, manifest, requirements)).toThrow('exists already');
    expect(() => installApp(createEmptyState(), {}, {})).toThrow('name');
  });

  it('fails on requirements that it would not make', () => {
    const more = { ...requirements, webhooks: {} };
    expect(() => installApp(createEmptyState(), manifest, more)).toThrow('webhooks');
  });
});
