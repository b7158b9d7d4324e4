import { viaOf } from './audit-writer.ts';
import { takeId } from './ids.ts';
import { forbidden } from './refusal.ts';
import { maySeeTicket } from './rights.ts';
import { createTicket, updateTicket } from './ticket-update.ts';
import type { World } from './call.ts';
import type { Audit, AuditMetadata, JsonValue, SimulatorState, Ticket, User } from './state.ts';

/** The flag of a mail whose sender Zendesk could not verify. */
const UNVERIFIED_SENDER = 15;

/** The ticket, deleted or not, for what is done past the API. @throws when there is none. */
export function anyTicket(state: SimulatorState, id: number): Ticket {
  const ticket = state.tickets[String(id)];
  if (ticket === undefined) throw new Error(`There is no ticket ${String(id)}.`);
  return ticket;
}

/** @throws when there is no such user. */
export function anyUser(state: SimulatorState, id: number): User {
  const user = state.users[String(id)];
  if (user === undefined) throw new Error(`There is no user ${String(id)}.`);
  return user;
}

/** @throws Refusal 403 for a restricted agent who does not see the ticket */
function seenTicket(state: SimulatorState, id: number, by: User): Ticket {
  const ticket = anyTicket(state, id);
  if (!maySeeTicket(state, by, ticket)) throw forbidden();
  return ticket;
}

function isOnTicket(ticket: Ticket, user: User): boolean {
  return ticket.requester_id === user.id || ticket.email_cc_ids.includes(user.id);
}

export interface MailReply {
  ticket_id: number;
  /** Whom the mail's sender address belongs to; anybody can write that address into a mail. */
  user_id: number;
  text: string;
  /** Without it: an end user's is public when they are on the ticket, an agent's as the account says. */
  public?: boolean | undefined;
  /** Zendesk could not verify the sender: the comment is flagged, and that is all. */
  spoofed?: boolean | undefined;
}

/**
 * A reply by e-mail. It reopens a solved ticket when the requester wrote it; on a closed ticket it
 * becomes a follow-up ticket, which is then returned with its first audit.
 */
export function replyByMail(
  world: World,
  reply: MailReply,
): { ticket: Ticket; audit: Audit | null } {
  const { state } = world;
  const ticket = anyTicket(state, reply.ticket_id);
  const author = anyUser(state, reply.user_id);
  const isAgent = author.role !== 'end-user';
  const isPublic =
    reply.public ??
    (isAgent ? state.account.agent_mail_replies_public : isOnTicket(ticket, author));
  const via = viaOf('email');
  via.source.from = { address: author.email, name: author.name };
  const metadata: Partial<AuditMetadata> = reply.spoofed
    ? {
        flags: [UNVERIFIED_SENDER],
        flags_options: { [UNVERIFIED_SENDER]: { trusted: false } },
        trusted: false,
      }
    : { trusted: true };
  if (ticket.status === 'closed') return followUp(world, ticket, author, reply.text, 'email');
  const reopens =
    !isAgent && (ticket.status === 'solved' || ticket.status === 'pending') && isPublic;
  const audit = updateTicket(
    world,
    ticket,
    author,
    {
      comment: { body: reply.text, public: isPublic },
      ...(reopens ? { status: 'open' as const } : {}),
    },
    { via, metadata },
  );
  return { ticket, audit };
}

/** A comment that an agent writes in the mobile app. */
export function replyByMobile(
  world: World,
  reply: { ticket_id: number; user_id: number; text: string; public: boolean },
): Audit | null {
  const { state } = world;
  const by = anyUser(state, reply.user_id);
  return updateTicket(
    world,
    seenTicket(state, reply.ticket_id, by),
    by,
    { comment: { body: reply.text, public: reply.public } },
    { via: viaOf('mobile') },
  );
}

export interface WebComment {
  ticket_id: number;
  user_id: number;
  text: string;
  public: boolean;
  /** Shows another user as the comment's author. */
  author_id?: number | undefined;
  status?: Ticket['status'] | undefined;
}

/** Agents whose full name stands after an @ in the text. */
function mentionedIn(state: SimulatorState, text: string): User[] {
  return Object.values(state.users).filter(
    (user) => user.role !== 'end-user' && text.includes(`@${user.name}`),
  );
}

/** A comment from the composer of the agent's browser; who is mentioned in a private one follows. */
export function commentOnWeb(world: World, comment: WebComment): Audit | null {
  const { state } = world;
  const followers = comment.public
    ? []
    : mentionedIn(state, comment.text).map(({ id }) => ({ user_id: id, action: 'put' as const }));
  const by = anyUser(state, comment.user_id);
  return updateTicket(
    world,
    seenTicket(state, comment.ticket_id, by),
    by,
    {
      comment: { body: comment.text, public: comment.public, author_id: comment.author_id },
      ...(followers.length === 0 ? {} : { followers }),
      ...(comment.status === undefined ? {} : { status: comment.status }),
    },
    { via: viaOf('web') },
  );
}

/** A follow-up to a closed ticket: it has all of its tags and custom field values. */
export function followUp(
  world: World,
  source: Ticket,
  by: User,
  text: string,
  channel: 'email' | 'web',
): { ticket: Ticket; audit: Audit } {
  const via = viaOf(channel, 'follow_up');
  via.source.from = { ticket_id: source.id, subject: source.subject } satisfies Record<
    string,
    JsonValue
  >;
  return createTicket(
    world,
    takeId(world.state),
    by,
    {
      requester_id: source.requester_id,
      subject: `Re: ${source.subject}`,
      comment: { body: text, public: true },
      via_followup_source_id: source.id,
    },
    { via },
  );
}
