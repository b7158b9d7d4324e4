import http from 'node:http';
import { parseArgs } from 'node:util';
import { type Instant, SECOND } from '#domain/instant.ts';
import { type Account, createAccount, STATUS_FIELD } from './settle-account.ts';

/**
 * Serves a generated account over HTTP, for a process of its own: it keeps nothing but what the
 * answer at hand takes. Prints its address as soon as it listens.
 */

const EXPORT_PAGE = 1_000;
const PAGE = 100;

type Answer = Readonly<Record<string, unknown>>;

const meta = (next: number | null) => ({
  meta: { has_more: next !== null, after_cursor: next === null ? null : String(next) },
});

function tickets(account: Account, query: URLSearchParams): Answer {
  const given = query.get('cursor');
  const first = given === null ? 0 : Number(given);
  const until = Math.min(first + EXPORT_PAGE, account.tickets);
  return {
    tickets: range(first, until).map((index) => account.ticket(index)),
    after_cursor: String(until),
    end_of_stream: until === account.tickets,
  };
}

const range = (from: number, until: number): number[] =>
  Array.from({ length: Math.max(0, until - from) }, (_, offset) => from + offset);

/** The updates from a second on: those of all tickets that were open then, in the order of their times. */
function events(account: Account, query: URLSearchParams): Answer {
  const start = (Number(query.get('start_time')) * SECOND) as Instant;
  const found: { readonly at: Instant; readonly index: number; readonly number: number }[] = [];
  let index = firstOpen(account, start);
  // Whatever a later ticket adds comes after its own beginning.
  let complete = 0;
  for (; index < account.tickets; index += 1) {
    if (index % 64 === 0) {
      const cameAt = account.cameAt(index);
      complete = found.filter(({ at }) => at < cameAt).length;
      if (complete > EXPORT_PAGE) break;
    }
    for (let number = 0; number < account.audits; number += 1) {
      const at = account.auditAt(index, number);
      if (at >= start) found.push({ at, index, number });
    }
  }
  const all = index >= account.tickets;
  found.sort((one, other) => one.at - other.at || one.index - other.index);
  const known = all ? found : found.slice(0, complete);
  const last = known[Math.min(EXPORT_PAGE, known.length) - 1];
  const page = last ? known.filter(({ at }) => at <= last.at) : [];
  const end = all && page.length === known.length;
  return {
    ticket_events: page.map((event) => account.event(event.index, event.number)),
    count: page.length,
    end_time: last ? last.at / SECOND : null,
    end_of_stream: end,
  };
}

function firstOpen(account: Account, at: Instant): number {
  let low = 0;
  let high = account.tickets;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (account.auditAt(middle, account.audits - 1) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Newest first, or by their names. */
function slots(account: Account, query: URLSearchParams): Answer {
  const names = query.get('filter[external_ids]');
  if (names !== null) {
    const asked = names.split(',').map((name) => account.creditWithKey(name));
    const there = asked.filter((credit) => credit >= 0 && credit < account.credits);
    return { custom_object_records: there.map((credit) => account.slot(credit)), ...meta(null) };
  }
  const first = Number(query.get('page[after]') ?? 0);
  const until = Math.min(first + PAGE, account.credits);
  return {
    custom_object_records: range(first, until).map((at) => account.slot(account.credits - 1 - at)),
    ...meta(until === account.credits ? null : until),
  };
}

function audits(account: Account, id: number, query: URLSearchParams): Answer {
  const all = account.auditsOf(account.indexOfTicket(id));
  const first = Number(query.get('page[after]') ?? 0);
  const until = Math.min(first + PAGE, all.length);
  return {
    audits: all.slice(first, until),
    ...meta(until === all.length ? null : until),
  };
}

function answer(account: Account, { pathname, searchParams: query }: URL): Answer | null {
  const path = pathname.replace(/\.json$/, '');
  const ticket = /^\/api\/v2\/tickets\/(\d+)\/audits$/.exec(path)?.[1];
  if (ticket !== undefined) return audits(account, Number(ticket), query);
  switch (path) {
    case '/api/v2/ticket_fields':
      return {
        ticket_fields: [
          { id: STATUS_FIELD, active: true, custom_field_options: [{ value: 'leeway_posted' }] },
        ],
        ...meta(null),
      };
    case '/api/v2/incremental/tickets/cursor':
      return tickets(account, query);
    case '/api/v2/incremental/ticket_events':
      return events(account, query);
    case '/api/v2/custom_objects/leeway_credit/records':
      return slots(account, query);
    case '/api/v2/custom_objects/leeway_terms/records':
      return { custom_object_records: [account.termsRecord()], ...meta(null) };
    case '/api/v2/users/show_many': {
      const ids = (query.get('ids') ?? '').split(',').map(Number);
      return { users: ids.map((id) => account.user(id)) };
    }
    default:
      return null;
  }
}

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    tickets: { type: 'string', default: '1000' },
    audits: { type: 'string', default: '10' },
    every: { type: 'string', default: '1' },
    from: { type: 'string', default: '0' },
  },
});
const account = createAccount({
  seed: Number(values.seed),
  tickets: Number(values.tickets),
  audits: Number(values.audits),
  every: Number(values.every),
  from: Number(values.from) as Instant,
});

const server = http.createServer((incoming, outgoing) => {
  const found = answer(account, new URL(incoming.url ?? '/', 'http://localhost'));
  outgoing.writeHead(found ? 200 : 404, { 'content-type': 'application/json' });
  outgoing.end(JSON.stringify(found ?? { error: 'InvalidEndpoint' }));
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  console.log(`http://127.0.0.1:${String(port)}`);
});
