import { useState } from 'react';
import { maySeeTicket } from '../rights.ts';
import type { SimulatorState, Ticket } from '../state.ts';
import { signedIn } from './desk-state.ts';
import { nameOf } from './people.ts';
import { useDesk, useDeskState } from './use-desk.ts';
import { ago } from './when.ts';

const views = {
  all: 'All tickets',
  open: 'Open',
  mine: 'Assigned to me',
  waiting: 'Waiting for co-sign',
} as const;
type View = keyof typeof views;

/** The values of the app's status field that mean that somebody waits. */
const waitingValues = ['leeway_waiting', 'leeway_waiting_lead'];

function statusFieldOf(state: SimulatorState): string | undefined {
  const id = state.installed_app?.requirements['leeway_status']?.requirement_id;
  return id === undefined ? undefined : String(id);
}

function belongs(state: SimulatorState, ticket: Ticket, view: View, me: number): boolean {
  switch (view) {
    case 'all':
      return true;
    case 'open':
      return !['solved', 'closed'].includes(ticket.status);
    case 'mine':
      return ticket.assignee_id === me && ticket.status !== 'closed';
    case 'waiting': {
      const field = statusFieldOf(state);
      const value = field === undefined ? null : ticket.custom_fields[field];
      return typeof value === 'string' && waitingValues.includes(value);
    }
  }
}

/** The tickets that the signed-in person may see, by view. */
export function TicketList() {
  const desk = useDesk();
  const state = useDeskState();
  const [view, setView] = useState<View>('open');
  const [query, setQuery] = useState('');
  const { account, now } = state;
  const me = signedIn(state);
  const visible = Object.values(account.tickets).filter(
    (ticket) => !ticket.deleted && maySeeTicket(account, me, ticket),
  );
  const inView = (one: View) => visible.filter((ticket) => belongs(account, ticket, one, me.id));
  const words = query.trim().toLowerCase();
  const shown = inView(view)
    .filter((ticket) =>
      `#${String(ticket.id)} ${ticket.subject} ${nameOf(account, ticket.requester_id)}`
        .toLowerCase()
        .includes(words),
    )
    .toSorted((one, other) => other.updated_at.localeCompare(one.updated_at));
  const statusField = statusFieldOf(account);
  return (
    <div className="list">
      <nav className="views" aria-label="Views">
        {(Object.keys(views) as View[]).map((one) => (
          <button
            key={one}
            type="button"
            aria-current={view === one ? 'true' : undefined}
            onClick={() => {
              setView(one);
            }}
          >
            {views[one]} <span className="count">{inView(one).length}</span>
          </button>
        ))}
      </nav>
      <div className="list-main">
        <div className="list-head">
          <h1>{views[view]}</h1>
          <label className="inline">
            <span>Find</span>
            <input
              type="search"
              value={query}
              onChange={(event) => {
                setQuery(event.target.value);
              }}
            />
          </label>
        </div>
        {shown.length === 0 ? <p className="quiet">No tickets in this view.</p> : null}
        <table className="tickets" hidden={shown.length === 0}>
          <thead>
            <tr>
              <th scope="col">Status</th>
              <th scope="col">Ticket</th>
              <th scope="col">Requester</th>
              <th scope="col">Assignee</th>
              <th scope="col">Leeway status</th>
              <th scope="col">Updated</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((ticket) => (
              <tr key={ticket.id}>
                <td>
                  <span className={`status status-${ticket.status}`}>{ticket.status}</span>
                </td>
                <td>
                  <button
                    type="button"
                    className="link"
                    onClick={() => {
                      desk.openTicket(ticket.id);
                    }}
                  >
                    <span className="quiet">#{ticket.id}</span> <bdi>{ticket.subject}</bdi>
                  </button>
                </td>
                <td>
                  <bdi>{nameOf(account, ticket.requester_id)}</bdi>
                </td>
                <td>
                  <bdi>
                    {ticket.assignee_id === null ? '–' : nameOf(account, ticket.assignee_id)}
                  </bdi>
                </td>
                <td>{statusName(account, statusField, ticket)}</td>
                <td className="quiet nowrap">{ago(ticket.updated_at, now)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

function statusName(state: SimulatorState, field: string | undefined, ticket: Ticket): string {
  if (field === undefined) return '';
  const value = ticket.custom_fields[field];
  if (typeof value !== 'string') return '';
  const options = state.ticket_fields[field]?.custom_field_options ?? [];
  return options.find((option) => option.value === value)?.name ?? value;
}
