import {
  changeRole,
  changeUserTags,
  makeLightAgent,
  suspendUser,
} from '#simulator/people-actions.ts';
import { followUp } from '#simulator/reply-actions.ts';
import {
  changeByRule,
  closeTicket,
  mergeTickets,
  redactComment,
} from '#simulator/ticket-actions.ts';
import { removeTicket, updateTicket } from '#simulator/ticket-update.ts';
import { viaOf } from '#simulator/audit-writer.ts';
import { noteRole, openNewTicket, type World } from '../world.ts';
import { giveRoleAgain } from './befalling.ts';

function leave({ tickets }: World, ticket: number): void {
  tickets.splice(tickets.indexOf(ticket), 1);
}

/** Something happens to a ticket by other means than the app. */
export function happenToTicket(world: World): void {
  const { chance, zendesk, cast, tickets } = world;
  const inner = zendesk.world;
  const ticket = chance.pick(tickets);
  const known = zendesk.state.tickets[String(ticket)];
  const admin = cast.admins[0] ?? 0;
  const user = zendesk.state.users[String(admin)];
  if (!known || !user) return;
  switch (
    chance.weighted([
      [4, 'close'],
      [2, 'merge'],
      [2, 'customer'],
      [1, 'delete'],
      [2, 'follow-up'],
      [2, 'rule'],
      [1, 'redact'],
    ] as const)
  ) {
    case 'close':
      closeTicket(inner, ticket);
      leave(world, ticket);
      break;
    case 'merge': {
      const target = chance.pick(tickets);
      if (target === ticket) return;
      mergeTickets(inner, { source_id: ticket, target_id: target, user_id: admin });
      leave(world, ticket);
      break;
    }
    case 'customer':
      updateTicket(
        inner,
        known,
        user,
        { requester_id: chance.pick(cast.customers) },
        { via: viaOf('web') },
      );
      break;
    case 'delete':
      removeTicket(inner, known, admin);
      leave(world, ticket);
      break;
    case 'follow-up': {
      closeTicket(inner, ticket);
      leave(world, ticket);
      const customer = zendesk.state.users[String(known.requester_id)];
      if (customer) tickets.push(followUp(inner, known, customer, 'Again!', 'web').ticket.id);
      break;
    }
    case 'rule':
      changeByRule(inner, ticket, { tags: [...known.tags, 'touched'] });
      break;
    case 'redact': {
      const comment = (zendesk.state.audits[String(ticket)] ?? [])
        .flatMap(({ events }) => events)
        .findLast(({ type }) => type === 'Comment');
      if (comment)
        redactComment(inner, { ticket_id: ticket, comment_id: comment.id, user_id: admin });
      break;
    }
  }
  while (tickets.length < 3) openNewTicket(world);
}

/** People come, leave, and are given other roles. A maker or two stay, so that the shop goes on. */
export function happenToPeople(world: World): void {
  const who = changeSomebody(world);
  if (who === null) return;
  giveRoleAgain(world, who);
  noteRole(world, who);
}

function changeSomebody(world: World): number | null {
  const { chance, zendesk, cast } = world;
  const inner = zendesk.world;
  const movable = [...cast.makers.slice(1), ...cast.leads, ...cast.admins.slice(1)];
  const away = movable.filter((id) => {
    const one = zendesk.state.users[String(id)];
    return one?.suspended || one?.role === 'end-user' || one?.role_type === 1;
  });
  // Most of the time the shop is whole.
  const who = chance.pick(
    away.length > 1 || chance.percent(50) ? [...away, ...movable.slice(-1)] : movable,
  );
  const wasAdmin = cast.admins.includes(who);
  const user = zendesk.state.users[String(who)];
  if (!user) return null;
  const isWhole = user.role === (wasAdmin ? 'admin' : 'agent') && user.role_type !== 1;
  if (!isWhole || user.suspended) {
    // Back again.
    suspendUser(inner, who, false);
    changeRole(inner, who, wasAdmin ? 'admin' : 'agent');
    return who;
  }
  switch (
    chance.weighted([
      [2, 'suspend'],
      [2, 'light'],
      [2, 'leave'],
      [3, 'tags'],
    ] as const)
  ) {
    case 'suspend':
      suspendUser(inner, who);
      break;
    case 'light':
      makeLightAgent(inner, who);
      break;
    case 'leave':
      changeRole(inner, who, 'end-user');
      suspendUser(inner, who);
      break;
    case 'tags':
      changeUserTags(inner, who, user.tags.includes('senior') ? [] : ['senior']);
      break;
  }
  return who;
}
