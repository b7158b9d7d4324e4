import {
  changeGroups,
  giveCustomRole,
  mergeUsers,
  restrictAgent,
} from '#simulator/people-actions.ts';
import { addUser } from '#simulator/people.ts';
import type { TicketRestriction } from '#simulator/state.ts';
import { archiveTicket } from '#simulator/ticket-actions.ts';
import type { Chance } from '../chance.ts';
import { anyTabOf, noteRole, type World } from '../world.ts';
import { beginStep, someStep, waitingCredits } from './deciding.ts';
import { beginOpen } from './opening.ts';

type Deed = (world: World, fate: Chance) => void;

const RESTRICTIONS: readonly TicketRestriction[] = [
  'assigned',
  'groups',
  'groups',
  'organization',
  'requested',
];

const working = ({ zendesk }: World, ids: readonly number[]): number[] =>
  ids.filter((id) => {
    const user = zendesk.state.users[String(id)];
    return user?.role === 'agent' && user.role_type !== 1 && !user.suspended;
  });

/** One customer's profile turns out to be another's; somebody new buys instead. */
const mergeCustomers: Deed = ({ zendesk, cast }, fate) => {
  const [former = 0, kept = 0] = fate.some(cast.customers, 2);
  mergeUsers(zendesk.world, former, kept);
  const { id } = addUser(zendesk.state, { name: `Customer ${String(zendesk.state.next_id)}` });
  cast.customers = cast.customers.map((one) => (one === former ? id : one));
};

/** A maker comes into a group or leaves it. */
const moveBetweenGroups: Deed = (world, fate) => {
  const { zendesk, cast } = world;
  const who = fate.pick(cast.makers);
  const group = fate.pick(cast.groups);
  const now = zendesk.state.group_memberships.flatMap(({ user_id: member, group_id: id }) =>
    member === who ? [id] : [],
  );
  const next = now.includes(group) ? now.filter((id) => id !== group) : [...now, group];
  changeGroups(zendesk.world, who, next);
  noteRole(world, who);
};

function restrict(world: World, fate: Chance, who: number, lift: boolean): void {
  restrictAgent(world.zendesk.world, who, lift ? null : fate.pick(RESTRICTIONS));
  noteRole(world, who);
}

/** Somebody may see some tickets only; most of the time most see all. */
const restrictSomebody: Deed = (world, fate) => {
  const { zendesk, cast } = world;
  const agents = [...cast.makers, ...cast.leads];
  const held = agents.filter((id) => zendesk.state.users[String(id)]?.restricted_agent);
  const lift = held.length > 1 || (held.length > 0 && fate.percent(70));
  const [who] = fate.some(lift ? held : working(world, agents), 1);
  if (who !== undefined) restrict(world, fate, who, lift);
};

/** Somebody was asked, and may not see the ticket any more; they open it from the mail all the same. */
const restrictAsked: Deed = (world, fate) => {
  const waiting = waitingCredits(world);
  if (waiting.length === 0) return;
  const credit = fate.pick(waiting);
  const [who] = fate.some(working(world, [...credit.asked].map(Number)), 1);
  if (who === undefined) return;
  restrict(world, fate, who, false);
  if (fate.percent(40)) beginOpen(world, anyTabOf(world, who), Number(credit.ticket));
  else beginStep(world, anyTabOf(world, who), credit, { type: 'approve' });
};

const archived = ({ zendesk }: World): number[] =>
  Object.values(zendesk.state.tickets).flatMap((ticket) => (ticket.archived ? [ticket.id] : []));

/** A closed ticket goes into the archive, one with credits rather than another. */
const archive: Deed = (world, fate) => {
  const { zendesk, ledgers } = world;
  const closed = Object.values(zendesk.state.tickets).flatMap((ticket) =>
    ticket.status === 'closed' && !ticket.archived && !ticket.deleted ? [ticket.id] : [],
  );
  const told = closed.filter((id) => ledgers.of(String(id)).credits.size > 0);
  const [ticket] = fate.some(told.length > 0 ? told : closed, 1);
  if (ticket !== undefined) archiveTicket(zendesk.world, ticket);
};

/** Somebody looks into an archived ticket, or wants to change what was decided on it. */
const useArchived: Deed = (world, fate) => {
  const { cast, ledgers } = world;
  const [ticket] = fate.some(archived(world), 1);
  if (ticket === undefined) return;
  const [credit] = fate.some([...ledgers.of(String(ticket)).credits.values()], 1);
  if (!credit || fate.percent(40)) {
    beginOpen(world, anyTabOf(world, fate.pick([...cast.makers, ...cast.leads])), ticket);
    return;
  }
  const { who, step } = fate.percent(50)
    ? someStep(world, credit)
    : { who: fate.pick(cast.leads), step: { type: 'reverse', reason: 'Sent twice.' } as const };
  beginStep(world, anyTabOf(world, who), credit, step);
};

/** Something befalls the account, its people or its tickets that nobody in the app has to do with. */
export function befall(world: World, fate: Chance): void {
  fate.weighted<Deed>([
    [1, mergeCustomers],
    [3, moveBetweenGroups],
    [3, restrictSomebody],
    [2, restrictAsked],
    [3, archive],
    [1, useArchived],
  ])(world, fate);
}

/** On Enterprise whoever comes back as an agent has the agents' role again. */
export function giveRoleAgain({ zendesk, cast }: World, who: number): void {
  const user = zendesk.state.users[String(who)];
  const plain = user?.role === 'agent' && user.role_type === null;
  if (cast.role !== null && plain) giveCustomRole(zendesk.world, who, cast.role);
}
