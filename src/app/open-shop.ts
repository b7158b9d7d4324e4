import { readFileSync } from 'node:fs';
import path from 'node:path';
import { shop } from '#simulator/scenarios/shop.ts';
import type { SimulatorState } from '#simulator/state.ts';
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
  return state;
}
