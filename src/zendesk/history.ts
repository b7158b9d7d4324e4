import * as v from 'valibot';
import type { UserId } from '#domain/ids.ts';
import { HelpdeskError } from './errors.ts';
import type { CustomerHistory, Satisfaction, TicketSummary } from './helpdesk.ts';
import { readPeople, wirePerson } from './people.ts';
import type { Transport } from './transport.ts';
import { parseAnswer, wireId, wireInstant, wireTicketId } from './wire.ts';

/** As many tickets as an agent looks through; who wants more opens the customer's page. */
const TICKETS_SHOWN = 25;

/** The list of ratings is for admins only, but each ticket carries its own. */
export const wireRating = v.object({ score: v.string(), comment: v.nullish(v.string(), null) });

const wireSummary = v.pipe(
  v.object({
    id: wireTicketId,
    subject: v.nullish(v.string(), ''),
    via: v.nullish(v.object({ channel: v.nullish(v.string(), null) })),
    ticket_form_id: v.nullish(wireId, null),
    status: v.string(),
    created_at: wireInstant,
    updated_at: wireInstant,
    tags: v.array(v.string()),
    satisfaction_rating: v.nullish(wireRating, null),
  }),
  v.transform((ticket): TicketSummary => ({
    id: ticket.id,
    subject: ticket.subject,
    channel: ticket.via?.channel ?? null,
    form: ticket.ticket_form_id,
    status: ticket.status,
    createdAt: ticket.created_at,
    updatedAt: ticket.updated_at,
    tags: ticket.tags,
    satisfaction: ticket.satisfaction_rating && satisfactionOf(ticket.satisfaction_rating),
  })),
);

/** `offered` and `unoffered` are no word of the customer. `good_with_comment` is good. */
export function satisfactionOf({
  score,
  comment,
}: v.InferOutput<typeof wireRating>): Satisfaction | null {
  const said = /^(good|bad)(?:_|$)/.exec(score)?.[1];
  return said === 'good' || said === 'bad' ? { score: said, comment } : null;
}

const listAnswer = v.object({
  tickets: v.array(wireSummary),
  users: v.array(wirePerson),
  organizations: v.nullish(v.array(v.object({ id: wireId, name: v.string() })), []),
  meta: v.object({ has_more: v.boolean() }),
});

/** One request as a rule: the customer comes beside the tickets. One more for who has none. */
export async function readCustomer(
  transport: Transport,
  customer: UserId,
): Promise<CustomerHistory> {
  const query = `sort=-updated_at&page[size]=${String(TICKETS_SHOWN)}&include=users,organizations`;
  const path = `/api/v2/users/${customer}/tickets/requested?${query}`;
  const answer = await transport.send({ method: 'GET', path, kind: 'read' });
  const { tickets, users, organizations, meta } = parseAnswer(listAnswer, answer, path);
  const person =
    users.find(({ id }) => id === customer) ??
    (await readPeople(transport, [customer])).get(customer);
  if (!person) throw new HelpdeskError('not-found', `there is no user ${customer}`);
  return {
    customer: person,
    // Beside the tickets stand the organizations of the tickets: as a rule the customer's own.
    organization: organizations.find(({ id }) => id === person.organization)?.name ?? null,
    tickets,
    more: meta.has_more,
  };
}
