import { viaOf, writeAudit } from '../audit-writer.ts';
import { createTicket, updateTicket } from '../ticket-update.ts';
import type { World } from '../call.ts';
import type { JsonValue, Ticket, User, Via } from '../state.ts';
import { customers } from './customers.ts';
import { groups, staff } from './staff.ts';
import type { Line, TicketStory } from './ticket-story.ts';

const hour = 3_600_000;
const closesAfter = 96 * hour;
const ratedAfter = 26 * hour;
const firstRatingId = 19_274_569_000_000;

/** One thing that happens at a time; the shop plays all of them in the order of time. */
export interface Happening {
  at: number;
  happen(world: World): void;
}

/**
 * Takes a story apart into what happened when. Played in order, each goes through the same
 * functions that answer the API, so that seeded tickets look like any others.
 *
 * @param ticketId the id that the story's ticket gets
 * @param now milliseconds since the epoch: the end of all stories
 * @param orderField id of the text field that holds the order's number
 */
export function happeningsOf(
  story: TicketStory,
  ticketId: number,
  now: number,
  orderField: number,
): Happening[] {
  const happenings: Happening[] = [];
  const [first, ...later] = story.lines;
  let at = now - story.hoursAgo * hour;
  happenings.push({ at, happen: (world) => begin(world, story, first, ticketId, orderField) });
  for (const line of later) {
    at += line.after * hour;
    happenings.push({ at, happen: (world) => goOn(world, story, line, ticketId) });
  }
  if (story.rating !== undefined) {
    happenings.push({ at: at + hour, happen: (world) => offerRating(world, ticketId) });
    if (story.rating !== 'offered') {
      const { rating } = story;
      happenings.push({ at: at + ratedAfter, happen: (world) => rate(world, rating, ticketId) });
    }
  }
  if (story.closed === true) {
    happenings.push({ at: at + closesAfter, happen: (world) => close(world, ticketId) });
  }
  return happenings;
}

function begin(
  world: World,
  story: TicketStory,
  line: Line,
  ticketId: number,
  orderField: number,
): void {
  const by = authorOf(world, story, line);
  const order = story.tags.find((tag) => tag.startsWith('order_'))?.slice('order_'.length);
  const group = groups.find(({ name }) => name === story.group);
  const { ticket } = createTicket(
    world,
    ticketId,
    by,
    {
      requester_id: customers[story.from].id,
      subject: story.subject,
      comment: { body: line.text, public: line.internal !== true },
      status: line.status ?? 'new',
      priority: story.priority ?? null,
      type: story.type ?? null,
      group_id: group?.id ?? null,
      tags: story.tags.filter((tag) => !tag.startsWith('order_')),
      ...(order === undefined ? {} : { custom_fields: [{ id: orderField, value: order }] }),
    },
    { via: viaOfLine(story, line) },
  );
  // Somebody took it: shown from the beginning, as the shop's triggers assign what is certain.
  ticket.assignee_id = story.assignee === null ? null : staff[story.assignee].id;
}

function goOn(world: World, story: TicketStory, line: Line, ticketId: number): void {
  const ticket = ticketOf(world, ticketId);
  updateTicket(
    world,
    ticket,
    authorOf(world, story, line),
    {
      comment: { body: line.text, public: line.internal !== true },
      ...(line.status === undefined ? {} : { status: line.status }),
    },
    { via: viaOfLine(story, line) },
  );
}

function offerRating(world: World, ticketId: number): void {
  const ticket = ticketOf(world, ticketId);
  ticket.satisfaction_rating = { score: 'offered' };
  change(world, ticket, -1, viaOf('rule'), 'satisfaction_score', 'offered', 'unoffered');
}

function rate(
  world: World,
  rating: { score: 'good' | 'bad'; comment?: string },
  ticketId: number,
): void {
  const ticket = ticketOf(world, ticketId);
  const score =
    rating.comment === undefined ? rating.score : (`${rating.score}_with_comment` as const);
  const id = firstRatingId + ticket.id;
  ticket.satisfaction_rating =
    rating.comment === undefined ? { score, id } : { score, id, comment: rating.comment };
  change(world, ticket, ticket.requester_id, viaOf('web'), 'satisfaction_score', score, 'offered');
}

function close(world: World, ticketId: number): void {
  const ticket = ticketOf(world, ticketId);
  ticket.status = 'closed';
  change(world, ticket, -1, viaOf('rule', 'automation'), 'status', 'closed', 'solved');
}

function change(
  world: World,
  ticket: Ticket,
  by: number,
  via: Via,
  name: string,
  value: JsonValue,
  previous: JsonValue,
): void {
  writeAudit(world, ticket, structuredClone(ticket), {
    author_id: by,
    via,
    events: [{ type: 'Change', field_name: name, value, previous_value: previous }],
  });
}

function ticketOf(world: World, id: number): Ticket {
  const ticket = world.state.tickets[String(id)];
  if (ticket === undefined) throw new Error(`The story of ticket ${String(id)} has not begun.`);
  return ticket;
}

function authorOf(world: World, story: TicketStory, line: Line): User {
  const id = line.by === 'customer' ? customers[story.from].id : staff[line.by].id;
  const user = world.state.users[String(id)];
  if (user === undefined) throw new Error(`Nobody has the id ${String(id)}.`);
  return user;
}

/** Colleagues write in the agent workspace, customers by the ticket's own channel. */
function viaOfLine(story: TicketStory, line: Line): Via {
  if (line.by !== 'customer') return viaOf('web');
  if (story.channel !== 'email') return viaOf(story.channel);
  const from = customers[story.from];
  return {
    channel: 'email',
    source: {
      from: { address: from.email, name: from.name },
      to: { address: 'hello@pedal-and-pine.example', name: 'Pedal & Pine' },
      rel: null,
    },
  };
}
