import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createManualClock } from '#simulator/clock.ts';
import { shop } from '#simulator/scenarios/shop.ts';
import type { SimulatorState } from '#simulator/state.ts';
import { addTrigger, addWebhook } from '#simulator/webhooks.ts';
import { createZendesk } from '#simulator/zendesk.ts';
import { playPast } from './shop-past.ts';

const root = path.resolve(import.meta.dirname, '../..');

const readJson = (file: string): unknown => JSON.parse(readFileSync(path.join(root, file), 'utf8'));

/** What the shop's admin typed above the manifest's defaults. */
const settings = { lead_groups: 'Leads' };

/** Pedal & Pine as it is on its first day with visitors: its history, and the credits of the past. */
export async function openShop(now: number): Promise<SimulatorState> {
  const state = shop(now, {
    manifest: readJson('manifest.json'),
    requirements: readJson('requirements.json'),
    settings,
  });
  await playPast(state, now);
  hangBell(state, now);
  return state;
}

/** Where `leeway listen` is expected, and what it knows the shop's rings by. */
const BELL = { endpoint: 'http://localhost:4568/', signing_secret: 'pedal-and-pine-bell' };

/** The trigger and the webhook that the shop's admin made by hand, as docs/security.md says. */
function hangBell(state: SimulatorState, now: number): void {
  const field = state.installed_app?.requirements['leeway_status']?.requirement_id;
  if (field === undefined) throw new Error('The app came without its status field.');
  const { world } = createZendesk({ state, clock: createManualClock(now) });
  const webhook = addWebhook(world, { name: 'Leeway settlement', ...BELL });
  addTrigger(world, {
    title: 'A credit is posted: ring the settlement',
    conditions: {
      all: [{ field: `custom_fields_${String(field)}`, operator: 'value', value: 'leeway_posted' }],
    },
    webhook_id: webhook.id,
    body: '{"ticket":"{{ticket.id}}"}',
  });
}
