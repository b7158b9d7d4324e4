import { run } from './run.ts';

/** Prints one seed as a story: what people did and were told, and every request on the tickets that matter. */
const silent = process.argv.includes('--silent');
const [seed = 1, steps = 50, wanted = ''] = process.argv
  .slice(2)
  .filter((argument) => argument !== '--silent');
const { world, findings } = await run(Number(seed), Number(steps), { silent });
const time = (at: number): string => new Date(at).toISOString().slice(5, 23);
const lines: [number, number, string][] = [];
for (const told of world.told) {
  lines.push([
    told.began,
    told.number,
    `> ${told.deed} #${String(told.number)} ${told.browser} ${told.ticket ?? ''} ${told.credit ?? ''}`,
  ]);
  lines.push([
    told.ended ?? 0,
    1e6 + told.number,
    `< ${told.deed} #${String(told.number)} ${told.browser} ${JSON.stringify(told.outcome)} ${told.ids.join()}`,
  ]);
}
const mishaps = new Map(
  world.network.carried.map(({ log, mishap, sender }) => [log, { mishap, sender }]),
);
for (const entry of world.zendesk.log) {
  if (entry.method === 'GET') continue;
  const about = mishaps.get(entry.n);
  const body = JSON.stringify(entry.body ?? '').slice(0, 900);
  lines.push([
    entry.at,
    5e5 + entry.n,
    `    ${entry.method} ${entry.path} ${about?.sender ?? `by hand ${String(entry.user)}`} ${String(entry.status)} ${about?.mishap ?? ''} ${body}`,
  ]);
}
for (const [at, , text] of lines.sort((one, other) => one[0] - other[0] || one[1] - other[1])) {
  if (wanted === '' || text.includes(wanted)) console.log(time(at), text);
}
for (const { rule, what } of findings) console.log(rule, what);
