import type { Answer, Call, Route } from './call.ts';
import { Refusal, simulatorStrictness } from './refusal.ts';
import { ticketJson } from './ticket-json.ts';
import type { Audit, AuditEvent, Ticket } from './state.ts';

const SECOND = 1000;

/** What was created or changed within the last minute is left out, so that nothing is half seen. */
const LAG = 60 * SECOND;

const LARGEST_PAGE = 1000;

/** The unix second up to which an export asked now knows anything. */
const knownUntil = (call: Call): number => Math.floor((call.world.clock.now() - LAG) / SECOND);

const secondOf = (stamp: string): number => Math.floor(Date.parse(stamp) / SECOND);

function startTimeOf(call: Call): number {
  const text = call.url.searchParams.get('start_time') ?? '';
  if (!/^\d{1,12}$/.test(text)) {
    throw simulatorStrictness(400, 'start_time must be whole seconds since 1970');
  }
  const start = Number(text);
  if (start > knownUntil(call)) {
    throw new Refusal(422, {
      error: 'InvalidValue',
      description: 'Too recent start_time. Use a start_time older than 1 minute',
    });
  }
  return start;
}

function pageSizeOf(call: Call): number {
  const text = call.url.searchParams.get('per_page') ?? String(LARGEST_PAGE);
  const size = Number(text);
  if (!/^\d+$/.test(text) || size < 1 || size > LARGEST_PAGE) {
    throw simulatorStrictness(400, `per_page must be from 1 to ${String(LARGEST_PAGE)}`);
  }
  return size;
}

function withoutDeleted(call: Call): boolean {
  const asked = call.url.searchParams.get('exclude_deleted') ?? 'false';
  if (asked !== 'true' && asked !== 'false') {
    throw simulatorStrictness(400, 'exclude_deleted must be true or false');
  }
  return asked === 'true';
}

/** Where an export by cursor stands: after this ticket as it was at this second. */
interface Position {
  second: number;
  ticket: number;
}

const encode = ({ second, ticket }: Position): string =>
  btoa(`${String(second)}.0||${String(ticket)}|`);

function decode(cursor: string): Position {
  let text = '';
  try {
    text = atob(cursor);
  } catch {
    // Refused below, as any other text that is no cursor.
  }
  const [, second, ticket] = /^(\d+)\.0\|\|(\d+)\|$/.exec(text) ?? [];
  if (second === undefined || ticket === undefined) {
    throw new Refusal(400, {
      errors: [{ code: 'InvalidCursor', title: 'Invalid cursor', detail: 'cursor is not valid' }],
    });
  }
  return { second: Number(second), ticket: Number(ticket) };
}

function positionOf(call: Call): Position {
  const cursor = call.url.searchParams.get('cursor');
  if (cursor === null) return { second: startTimeOf(call), ticket: 0 };
  if (call.url.searchParams.has('start_time')) {
    throw simulatorStrictness(400, 'cursor and start_time exclude each other');
  }
  return decode(cursor);
}

const isAfter = (ticket: Ticket, { second, ticket: id }: Position): boolean =>
  ticket.generated_timestamp > second || (ticket.generated_timestamp === second && ticket.id > id);

/** A ticket as exports show it: a deleted one is still there, and says so. */
function exported(call: Call, ticket: Ticket): Record<string, unknown> {
  return {
    ...ticketJson(call.world.state, ticket, call.url.origin),
    ...(ticket.deleted ? { status: 'deleted' } : {}),
    generated_timestamp: ticket.generated_timestamp,
  };
}

/**
 * All tickets, archived and deleted ones too, each once, in the order of its latest change. What
 * changes while somebody pages moves behind them, and comes again when a minute has passed.
 */
function exportTickets(call: Call): Answer {
  const from = positionOf(call);
  const size = pageSizeOf(call);
  const without = withoutDeleted(call);
  const until = knownUntil(call);
  const tickets = Object.values(call.world.state.tickets)
    .filter((ticket) => ticket.generated_timestamp <= until && isAfter(ticket, from))
    .filter((ticket) => !(without && ticket.deleted))
    .sort((a, b) => a.generated_timestamp - b.generated_timestamp || a.id - b.id);
  const page = tickets.slice(0, size);
  const last = page.at(-1);
  const given = call.url.searchParams.get('cursor');
  // Nothing new leaves a cursor where it was; a start time alone becomes none.
  const after =
    last === undefined ? given : encode({ second: last.generated_timestamp, ticket: last.id });
  const next = new URL(`${call.url.origin}/api/v2/incremental/tickets/cursor.json`);
  if (after !== null) next.searchParams.set('cursor', after);
  return {
    status: 200,
    body: {
      tickets: page.map((ticket) => exported(call, ticket)),
      after_cursor: after,
      after_url: after === null ? null : next.href,
      before_cursor: null,
      before_url: null,
      end_of_stream: page.length === tickets.length,
    },
  };
}

/** Exports name the channel in the words of the screens, not in those of the audits. */
const channelNames: Record<string, string> = {
  web: 'Web form',
  api: 'Web service',
  email: 'Mail',
  mobile: 'Mobile',
  rule: 'Rule',
};

function childOf(event: AuditEvent, via: string): Record<string, unknown> {
  const base = { id: event.id, via, via_reference_id: null };
  switch (event.type) {
    case 'Comment':
      // Without asking for them by `include=comment_events`, comments are not told but for this.
      return {
        ...base,
        comment_present: true,
        comment_public: event.public,
        event_type: 'Comment',
      };
    case 'Create':
    case 'Change': {
      const isCustom = /^\d+$/.test(event.field_name);
      return {
        ...base,
        ...(isCustom
          ? { custom_ticket_fields: { [event.field_name]: event.value } }
          : { [event.field_name]: event.value }),
        ...(event.type === 'Change' ? { previous_value: event.previous_value ?? null } : {}),
        event_type: event.type,
      };
    }
    case 'FollowerChange':
    case 'CommentPrivacyChange':
      return { ...base, event_type: event.type };
  }
}

function eventOf(audit: Audit): Record<string, unknown> {
  const via = channelNames[audit.via.channel] ?? audit.via.channel;
  const { client, location, latitude, longitude } = audit.metadata.system;
  return {
    id: audit.id,
    ticket_id: audit.ticket_id,
    timestamp: secondOf(audit.created_at),
    created_at: audit.created_at,
    updater_id: audit.author_id,
    via,
    system: { client, location, latitude, longitude },
    event_type: 'Audit',
    child_events: audit.events.map((event) => childOf(event, via)),
    merged_ticket_ids: [],
  };
}

/** One second is never torn apart: the page grows until all of its last second is in it. */
function wholeSeconds(audits: readonly Audit[], size: number): Audit[] {
  const last = audits[Math.min(size, audits.length) - 1];
  if (last === undefined) return [];
  const second = secondOf(last.created_at);
  return audits.filter((audit, at) => at < size || secondOf(audit.created_at) === second);
}

/**
 * The changes of all tickets, in the order of their times. The next page starts with the second that
 * this one ended in: what was in it comes again.
 */
function exportEvents(call: Call): Answer {
  const { tickets, audits: byTicket } = call.world.state;
  const start = startTimeOf(call);
  const size = pageSizeOf(call);
  const without = withoutDeleted(call);
  const until = knownUntil(call);
  const audits = Object.values(byTicket)
    .flat()
    .filter(({ created_at: stamp }) => secondOf(stamp) >= start && secondOf(stamp) <= until)
    .filter((audit) => !(without && tickets[String(audit.ticket_id)]?.deleted === true))
    .sort((a, b) => secondOf(a.created_at) - secondOf(b.created_at) || a.id - b.id);
  const page = wholeSeconds(audits, size);
  const last = page.at(-1);
  const end = page.length === audits.length;
  // A second that fills a whole page is over with it; else the next page would be this one again.
  const reached = last === undefined ? start : secondOf(last.created_at);
  const endTime = !end && reached === start ? start + 1 : reached;
  const next = new URL(`${call.url.origin}/api/v2/incremental/ticket_events.json`);
  next.searchParams.set('start_time', String(endTime));
  return {
    status: 200,
    body: {
      ticket_events: page.map(eventOf),
      count: page.length,
      end_of_stream: end,
      end_time: last === undefined ? null : endTime,
      next_page: last === undefined ? null : next.href,
    },
  };
}

/** What changed since a time: for admins, and 10 times a minute. */
export const incrementalExportRoutes: Route[] = [
  {
    method: 'GET',
    path: '/incremental/tickets/cursor',
    who: 'admins',
    query: ['start_time', 'cursor', 'per_page', 'exclude_deleted'],
    answer: exportTickets,
  },
  {
    method: 'GET',
    path: '/incremental/ticket_events',
    who: 'admins',
    query: ['start_time', 'per_page', 'exclude_deleted'],
    answer: exportEvents,
  },
];
