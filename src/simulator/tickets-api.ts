import { auditsOf, commentsOf, viaOf } from './audit-writer.ts';
import { readBody } from './body-reader.ts';
import { askerOf, partOf, type Answer, type Call, type Route } from './call.ts';
import { takeId } from './ids.ts';
import { organizationJson } from './organization-json.ts';
import { pageAsAsked } from './paging.ts';
import {
  forbidden,
  recordInvalid,
  recordNotFound,
  simulatorStrictness,
  updateConflict,
} from './refusal.ts';
import { isLightAgent, maySeeTicket, ticketFor } from './rights.ts';
import { createSchema, tagsSchema, updateSchema } from './ticket-bodies.ts';
import { auditJson, ticketJson } from './ticket-json.ts';
import { createTicket, normaliseTags, removeTicket, updateTicket } from './ticket-update.ts';
import { userJson } from './user-json.ts';
import type { Ticket, User } from './state.ts';

/**
 * Safe update compares whole seconds: two writes within one second do not see each other. Even
 * `safe_update: false` counts, only leaving it out forces a write.
 */
function checkStamp(
  ticket: Ticket,
  safeUpdate: boolean | string | undefined,
  stamp: string | undefined,
): void {
  if (safeUpdate === undefined) {
    if (stamp !== undefined) {
      throw simulatorStrictness(422, 'updated_stamp without safe_update has no effect');
    }
    return;
  }
  const read = stamp === undefined ? Number.NaN : Date.parse(stamp);
  if (Number.isNaN(read)) {
    throw simulatorStrictness(422, 'safe_update needs updated_stamp, the ticket as it was read');
  }
  if (Math.floor(read / 1000) !== Math.floor(Date.parse(ticket.updated_at) / 1000)) {
    throw updateConflict();
  }
}

function ticketOf(call: Call): Ticket {
  return ticketFor(call.world.state, askerOf(call), partOf(call, 'ticket_id'));
}

function shown(call: Call, ticket: Ticket): Record<string, unknown> {
  return ticketJson(call.world.state, ticket, call.url.origin);
}

/** `include=users` puts the people beside the items; tickets can have their organizations there, too. */
function sideloaded(
  call: Call,
  ids: Iterable<number>,
  tickets?: readonly Ticket[],
): Record<string, unknown> {
  const include = call.url.searchParams.get('include');
  if (include === null) return {};
  const wanted = include.split(',');
  const known = tickets === undefined ? ['users'] : ['users', 'organizations'];
  const unknown = wanted.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw simulatorStrictness(400, `include=${unknown} is not known here`);
  }
  const { state } = call.world;
  const users = [...new Set(ids)].flatMap((id) => state.users[String(id)] ?? []);
  const organizations = [...new Set(tickets?.map((ticket) => String(ticket.organization_id)))];
  return {
    ...(wanted.includes('users') && {
      users: users.map((user) => userJson(user, call.url.origin)),
    }),
    ...(wanted.includes('organizations') && {
      organizations: organizations
        .flatMap((id) => state.organizations[id] ?? [])
        .map((found) => organizationJson(found, call.url.origin)),
    }),
  };
}

const peopleOf = (ticket: Ticket): number[] => [
  ticket.requester_id,
  ticket.submitter_id,
  ...(ticket.assignee_id === null ? [] : [ticket.assignee_id]),
];

function showTicket(call: Call): Answer {
  const ticket = ticketOf(call);
  return {
    status: 200,
    body: { ticket: shown(call, ticket), ...sideloaded(call, peopleOf(ticket)) },
  };
}

function putTicket(call: Call): Answer {
  const ticket = ticketOf(call);
  const { safe_update, updated_stamp, ...changes } = readBody(updateSchema, call.body).ticket;
  checkStamp(ticket, safe_update, updated_stamp);
  const audit = updateTicket(call.world, ticket, askerOf(call), changes, {
    via: viaOf(call.channel),
  });
  return {
    status: 200,
    body: { ticket: shown(call, ticket), ...(audit === null ? {} : { audit: auditJson(audit) }) },
  };
}

function postTicket(call: Call): Answer {
  const by = askerOf(call);
  if (isLightAgent(by)) throw forbidden();
  const input = readBody(createSchema, call.body).ticket;
  if (input.status === 'closed') throw recordInvalid('status', 'Status: closed is not allowed');
  const { ticket, audit } = createTicket(
    call.world,
    takeId(call.world.state),
    by,
    {
      ...input,
      requester_id: input.requester_id ?? by.id,
      subject: input.subject ?? '',
    },
    { via: viaOf(call.channel) },
  );
  return { status: 201, body: { ticket: shown(call, ticket), audit: auditJson(audit) } };
}

function deleteTicket(call: Call): Answer {
  const ticket = ticketOf(call);
  if (isLightAgent(askerOf(call))) throw forbidden();
  removeTicket(call.world, ticket, askerOf(call).id);
  return { status: 204 };
}

function listAudits(call: Call): Answer {
  const { state } = call.world;
  const ticket = ticketOf(call);
  const kinds = call.url.searchParams.getAll('filter_events[]');
  const audits = auditsOf(state, ticket.id).filter(
    (audit) => kinds.length === 0 || audit.events.some((event) => kinds.includes(event.type)),
  );
  const page = ticket.archived
    ? { items: audits, around: { count: audits.length, next_page: null, previous_page: null } }
    : pageAsAsked(call, audits);
  return {
    status: 200,
    body: {
      audits: page.items.map(auditJson),
      ...page.around,
      ...sideloaded(
        call,
        page.items.map((audit) => audit.author_id),
      ),
    },
  };
}

function showAudit(call: Call): Answer {
  const ticket = ticketOf(call);
  const id = Number(partOf(call, 'ticket_audit_id'));
  const audit = auditsOf(call.world.state, ticket.id).find((candidate) => candidate.id === id);
  if (audit === undefined) throw recordNotFound();
  return { status: 200, body: { audit: auditJson(audit) } };
}

function listComments(call: Call): Answer {
  const ticket = ticketOf(call);
  const comments = commentsOf(call.world.state, ticket.id).map(({ comment, audit }) => ({
    ...comment,
    via: audit.via,
    created_at: audit.created_at,
    metadata: audit.metadata,
  }));
  const page = pageAsAsked(call, comments);
  return {
    status: 200,
    body: {
      comments: page.items,
      ...page.around,
      ...sideloaded(
        call,
        page.items.map((comment) => comment.author_id),
      ),
    },
  };
}

function showMany(call: Call): Answer {
  const ids = idsOf(call);
  const { state } = call.world;
  const me = askerOf(call);
  const tickets = ids.flatMap((id) => {
    const ticket = state.tickets[id];
    return ticket === undefined || ticket.deleted || !maySeeTicket(state, me, ticket) ? [] : ticket;
  });
  return {
    status: 200,
    body: {
      tickets: tickets.map((ticket) => shown(call, ticket)),
      count: tickets.length,
      next_page: null,
      previous_page: null,
      ...sideloaded(call, tickets.flatMap(peopleOf)),
    },
  };
}

/** The comma list of `ids`, at most 100. */
export function idsOf(call: Call, name = 'ids'): string[] {
  const ids = (call.url.searchParams.get(name) ?? '').split(',').filter((id) => id !== '');
  if (ids.length === 0) throw simulatorStrictness(400, `${name} is missing`);
  if (ids.length > 100) throw simulatorStrictness(400, `at most 100 ${name}`);
  return ids;
}

const visible = (call: Call, me: User): Ticket[] =>
  Object.values(call.world.state.tickets).filter(
    (ticket) => !ticket.deleted && maySeeTicket(call.world.state, me, ticket),
  );

const sortKeys = ['updated_at', 'id', 'status'] as const;
const statusOrder = ['new', 'open', 'pending', 'hold', 'solved', 'closed'];

function sortTickets(call: Call, tickets: Ticket[]): Ticket[] {
  const query = call.url.searchParams;
  const sort = query.get('sort');
  if (sort === null) return tickets.sort((a, b) => a.id - b.id);
  if (!query.has('page[size]')) throw simulatorStrictness(400, 'sort belongs to cursor paging');
  const down = sort.startsWith('-');
  const key = sortKeys.find((name) => name === (down ? sort.slice(1) : sort));
  if (key === undefined) throw simulatorStrictness(400, `sort=${sort} is not known here`);
  const valueOf = (ticket: Ticket): number =>
    key === 'id'
      ? ticket.id
      : key === 'status'
        ? statusOrder.indexOf(ticket.status)
        : Date.parse(ticket.updated_at);
  const sign = down ? -1 : 1;
  return tickets.sort((a, b) => sign * (valueOf(a) - valueOf(b) || a.id - b.id));
}

function listOf(call: Call, tickets: Ticket[]): Answer {
  const page = pageAsAsked(call, sortTickets(call, tickets));
  return {
    status: 200,
    body: {
      tickets: page.items.map((ticket) => shown(call, ticket)),
      ...page.around,
      ...sideloaded(call, page.items.flatMap(peopleOf), page.items),
    },
  };
}

function listRequested(call: Call): Answer {
  const id = Number(partOf(call, 'user_id'));
  if (call.world.state.users[String(id)] === undefined) throw recordNotFound();
  const mine = visible(call, askerOf(call)).filter((ticket) => ticket.requester_id === id);
  return listOf(call, mine);
}

function showTags(call: Call): Answer {
  return { status: 200, body: { tags: ticketOf(call).tags } };
}

/** POST sets the tags, PUT adds, DELETE removes. */
function changeTags(call: Call): Answer {
  const ticket = ticketOf(call);
  const { tags, safe_update, updated_stamp } = readBody(tagsSchema, call.body);
  checkStamp(ticket, safe_update, updated_stamp);
  const given = normaliseTags(tags);
  const next =
    call.method === 'POST'
      ? given
      : call.method === 'PUT'
        ? [...ticket.tags, ...given]
        : ticket.tags.filter((tag) => !given.includes(tag));
  updateTicket(call.world, ticket, askerOf(call), { tags: next }, { via: viaOf(call.channel) });
  if (call.method === 'DELETE') return { status: 204 };
  return { status: call.method === 'POST' ? 201 : 200, body: { tags: ticket.tags } };
}

function showRelated(call: Call): Answer {
  const { state } = call.world;
  const id = Number(partOf(call, 'user_id'));
  if (state.users[String(id)] === undefined) throw recordNotFound();
  const tickets = Object.values(state.tickets).filter((ticket) => !ticket.deleted);
  const count = (test: (ticket: Ticket) => boolean) => tickets.filter(test).length;
  return {
    status: 200,
    body: {
      user_related: {
        assigned_tickets: count((ticket) => ticket.assignee_id === id),
        requested_tickets: count((ticket) => ticket.requester_id === id),
        ccd_tickets: count((ticket) => ticket.email_cc_ids.includes(id)),
        organization_subscriptions: 0,
      },
    },
  };
}

function listFollowers(call: Call): Answer {
  const ticket = ticketOf(call);
  const users = ticket.follower_ids.flatMap((id) => call.world.state.users[String(id)] ?? []);
  return {
    status: 200,
    body: {
      users: users.map((user) => userJson(user, call.url.origin)),
      count: users.length,
      next_page: null,
      previous_page: null,
    },
  };
}

/** Tickets, their audits, comments and tags. */
export const ticketRoutes: Route[] = [
  {
    method: 'GET',
    path: '/tickets',
    who: 'agents',
    paging: 'both',
    query: ['sort', 'include'],
    answer: (call) => listOf(call, visible(call, askerOf(call))),
  },
  { method: 'POST', path: '/tickets', who: 'agents', answer: postTicket },
  {
    method: 'GET',
    path: '/tickets/show_many',
    who: 'agents',
    query: ['ids', 'include'],
    answer: showMany,
  },
  {
    method: 'GET',
    path: '/tickets/{ticket_id}',
    who: 'agents',
    query: ['include'],
    answer: showTicket,
  },
  { method: 'PUT', path: '/tickets/{ticket_id}', who: 'agents', answer: putTicket },
  { method: 'DELETE', path: '/tickets/{ticket_id}', who: 'agents', answer: deleteTicket },
  {
    method: 'GET',
    path: '/tickets/{ticket_id}/audits',
    who: 'agents',
    paging: 'both',
    query: ['filter_events[]', 'include'],
    answer: listAudits,
  },
  {
    method: 'GET',
    path: '/tickets/{ticket_id}/audits/{ticket_audit_id}',
    who: 'agents',
    answer: showAudit,
  },
  {
    method: 'GET',
    path: '/tickets/{ticket_id}/comments',
    who: 'agents',
    paging: 'both',
    query: ['include'],
    answer: listComments,
  },
  {
    method: 'GET',
    path: '/tickets/{ticket_id}/followers',
    who: 'agents',
    answer: listFollowers,
  },
  { method: 'GET', path: '/tickets/{ticket_id}/tags', who: 'agents', answer: showTags },
  { method: 'POST', path: '/tickets/{ticket_id}/tags', who: 'agents', answer: changeTags },
  { method: 'PUT', path: '/tickets/{ticket_id}/tags', who: 'agents', answer: changeTags },
  { method: 'DELETE', path: '/tickets/{ticket_id}/tags', who: 'agents', answer: changeTags },
  {
    method: 'GET',
    path: '/users/{user_id}/tickets/requested',
    who: 'agents',
    paging: 'both',
    query: ['sort', 'include'],
    answer: listRequested,
  },
  { method: 'GET', path: '/users/{user_id}/related', who: 'agents', answer: showRelated },
];
