import { type Bench, type Figure, isKept, lineOf } from './figure.ts';
import { fleet } from './fleet.ts';
import { foldSpeed } from './fold-speed.ts';
import { opening } from './opening.ts';
import { tabs } from './tabs.ts';
import { settleSpeed } from './settle.ts';

/**
 * What can be measured, by name:
 *
 *   npm run bench              all of it
 *   npm run bench -- fold      one of it
 *
 * Times are ratios of two things measured in the same run, so that they mean the same on any
 * machine. The command fails when a figure is above its limit.
 */
const benches: Readonly<Record<string, Bench>> = {
  opening,
  tabs,
  fleet,
  fold: foldSpeed,
  settle: settleSpeed,
};

const [name, ...args] = process.argv.slice(2);
const chosen = name === undefined ? Object.keys(benches) : [name];
const figures: Figure[] = [];
for (const each of chosen) {
  const bench = benches[each];
  if (!bench) throw new Error(`no bench is called ${each}: ${Object.keys(benches).join(', ')}`);
  console.log(`\n${each}`);
  const measured = await bench(args);
  for (const figure of measured) console.log(lineOf(figure));
  figures.push(...measured);
}
if (!figures.every(isKept)) process.exitCode = 1;
