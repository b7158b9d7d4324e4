import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { runSettlement } from '#settlement/command.ts';

/**
 * One run over a generated account, for a process of its own: its memory is then the run's alone.
 * `read` reads and parses the pages that `settle` reads, and does nothing with them.
 * Prints what it took as JSON.
 */

/** As many as settlement has under way. */
const AT_ONCE = 6;

type Page = Readonly<Record<string, unknown>>;

const { values } = parseArgs({
  options: {
    mode: { type: 'string' },
    url: { type: 'string', default: '' },
    since: { type: 'string', default: '' },
    folder: { type: 'string', default: '' },
    'audit-all': { type: 'boolean', default: false },
  },
});

async function read(path: string): Promise<Page> {
  const response = await fetch(new URL(path, values.url));
  if (!response.ok) throw new Error(`${path} answered ${String(response.status)}`);
  return JSON.parse(await response.text()) as Page;
}

async function readAll(): Promise<number> {
  const slots = '/api/v2/custom_objects/leeway_credit/records?sort=-updated_at&page[size]=100';
  for (let after: string | null = ''; after !== null;) {
    const page = await read(`${slots}${after === '' ? '' : `&page[after]=${after}`}`);
    after = (page['meta'] as { after_cursor: string | null }).after_cursor;
  }
  let second = Math.floor(Date.parse(values.since) / 1000);
  for (let end = false; !end;) {
    const page = await read(`/api/v2/incremental/ticket_events.json?start_time=${String(second)}`);
    second = Number(page['end_time'] ?? second);
    end = page['end_of_stream'] === true;
  }
  let audits = 0;
  let where = `start_time=${String(second)}`;
  for (let end = false; !end;) {
    const page = await read(`/api/v2/incremental/tickets/cursor.json?${where}`);
    const tickets = page['tickets'] as { id: number; tags: string[] }[];
    const wanted = tickets.filter(({ tags }) => values['audit-all'] || tags.length > 0);
    const reader = async (): Promise<void> => {
      for (let next = wanted.pop(); next; next = wanted.pop()) {
        const found = await read(`/api/v2/tickets/${String(next.id)}/audits?page[size]=100`);
        audits += (found['audits'] as unknown[]).length;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, reader));
    where = `cursor=${String(page['after_cursor'])}`;
    end = page['end_of_stream'] === true;
  }
  return audits;
}

async function settleAll(): Promise<number> {
  const { url, since, folder } = values;
  const args = ['--url', url, '--since', since, '--format', 'ndjson'];
  args.push('--state', `${folder}/state`, '--out', `${folder}/credits.ndjson`);
  if (values['audit-all']) args.push('--audit-all');
  const told: string[] = [];
  const code = await runSettlement('settle', args, {
    env: { LEEWAY_ZENDESK_TOKEN: 'generated' },
    now: Date.now,
    sleep: async (ms) => {
      await sleep(ms);
    },
    fetch: globalThis.fetch,
    stdout: (text) => told.push(text),
    stderr: (text) => told.push(text),
    watched: false,
  });
  if (code === 2) throw new Error(told.join(''));
  return code;
}

const began = performance.now();
// What it takes to load the code is not the run's.
const loaded = process.cpuUsage();
const counted = values.mode === 'read' ? await readAll() : await settleAll();
const { user, system } = process.cpuUsage(loaded);
console.log(
  JSON.stringify({
    counted,
    seconds: (performance.now() - began) / 1000,
    cpuSeconds: (user + system) / 1e6,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  }),
);
