import path from 'node:path';
import { staff } from '#simulator/scenarios/staff.ts';
import { buildPages, startSimulator } from './simulator-start.ts';

const port = Number(process.env['PORT'] ?? 4567);

await buildPages();
const { hostUrl, close } = await startSimulator({
  port,
  stateFile: path.resolve('.simulator/state.json'),
});
const as = (who: keyof typeof staff, ticket: number): string =>
  `${hostUrl}/?as=${String(staff[who].id)}&ticket=${String(ticket)}`;

console.log(`A pretend Zendesk with Leeway in it is at ${hostUrl}

  Ana, an agent:   ${as('ana', 1087)}
  Ben, an agent:   ${as('ben', 1087)}
  Lea, a lead:     ${as('lea', 1087)}
  Ada, an admin:   ${as('ada', 1087)}

Open two of them in two windows. Ctrl+C stops it; the next start goes on where this one ended.`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    void close().finally(() => process.exit(0));
  });
}
