import { CIRCUMSTANCES, countCircumstances } from './checker/circumstances.ts';
import { add, countMishaps, countRaces, RACES, type Tally } from './checker/races.ts';
import { run } from './run.ts';

const option = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};

const first = option('seed', 1);
const seeds = option('seeds', 1);
const steps = option('steps', 50);
/** A shift in which asks are long on their way. */
const silent = process.argv.includes('--silent');
/** After so many failed seeds it ends. */
const stop = option('stop', Infinity);
let failed = 0;
const tally = new Map<string, number>();
const count = (key: string): void => void tally.set(key, (tally.get(key) ?? 0) + 1);
const races: Tally = new Map();
const mishaps: Tally = new Map();
const circumstances: Tally = new Map();
const began = process.hrtime.bigint();
const secondsSinceBegan = (): number => Number(process.hrtime.bigint() - began) / 1e9;
/** Where a run takes hours, one wants to see that it moves. */
const SAY_EVERY_S = 60;
let said = 0;
for (let seed = first; seed < first + seeds; seed += 1) {
  const { findings, log, world } = await run(seed, steps, { silent });
  if (findings.length > 0) {
    failed += 1;
    console.log(`seed ${String(seed)}: ${String(findings.length)} findings`);
    for (const { rule, what } of findings.slice(0, 8)) console.log(`  ${rule}: ${what}`);
  }
  for (const [race, times] of countRaces(world.evidence(), world.ledgers)) add(races, race, times);
  for (const [name, times] of countCircumstances(world)) add(circumstances, name, times);
  for (const [mishap, times] of countMishaps(world.network.carried)) add(mishaps, mishap, times);
  for (const told of world.told) {
    count(`${told.deed} ${told.outcome?.kind ?? 'closed'} ${told.outcome?.why ?? ''}`);
  }
  for (const verdict of world.books.said) count(`settled ${verdict}`);
  world.books.paid.forEach(() => {
    count('paid meanwhile');
  });
  for (const credit of world.ledgers.credits()) count(`life ${credit.life} ${credit.band}`);
  if (secondsSinceBegan() - said > SAY_EVERY_S) {
    said = secondsSinceBegan();
    const done = seed - first + 1;
    console.log(`… ${String(done)} seeds, ${((done * steps) / said).toFixed(0)} steps/s`);
  }
  if (failed >= stop) break;
  if (seeds === 1)
    console.log(log, world.told.length, world.zendesk.log.length, world.ledgers.credits().length);
}
console.log(
  `${String(seeds)} seeds, ${String(failed)} failed, ${((seeds * steps) / secondsSinceBegan()).toFixed(0)} steps/s`,
);

console.log('races');
for (const race of RACES) console.log(`  ${String(races.get(race) ?? 0)} ${race}`);
console.log('circumstances');
for (const name of CIRCUMSTANCES) console.log(`  ${String(circumstances.get(name) ?? 0)} ${name}`);
console.log('mishaps of writes');
for (const [key, times] of [...mishaps].sort()) console.log(`  ${String(times)} ${key}`);
console.log('what was told');
for (const [key, times] of [...tally].sort()) console.log(times, key);
process.exitCode = failed === 0 ? 0 : 1;
