import { useState, type ReactNode } from 'react';
import type { JsonValue, User } from '../state.ts';
import { roleOf } from './people.ts';
import { useDesk, useDeskState } from './use-desk.ts';

/** What people and rules do by other means than the app: mail, mobile, merges, changes of people. */
export function ActionsPanel() {
  const { front, account } = useDeskState();
  const ticket = front === null ? undefined : account.tickets[String(front)];
  return (
    <div className="actions">
      {ticket === undefined ? (
        <p className="quiet">Open a ticket to do something to it.</p>
      ) : (
        <TicketActions ticketId={ticket.id} />
      )}
      <PeopleActions />
      <AccountActions />
    </div>
  );
}

function TicketActions({ ticketId }: { ticketId: number }) {
  const { account, userId } = useDeskState();
  const act = useAct();
  const requester = account.tickets[String(ticketId)]?.requester_id ?? 0;
  const [who, setWho] = useState(requester);
  const [text, setText] = useState('Thank you for your help.');
  const [customer, setCustomer] = useState(requester);
  const [target, setTarget] = useState('');
  const people = Object.values(account.users);
  const customers = people.filter((user) => user.role === 'end-user');
  const reply = { ticket_id: ticketId, user_id: who, text };
  return (
    <fieldset>
      <legend>Ticket #{ticketId}</legend>
      <div className="row wrap">
        <People label="Writer" value={who} people={people} onChange={setWho} />
        <label className="inline grow">
          <span>Text</span>
          <input
            value={text}
            onChange={(event) => {
              setText(event.target.value);
            }}
          />
        </label>
      </div>
      <div className="row wrap">
        <Do name="Reply by mail" run={() => act('mail-reply', reply)} />
        <Do name="Public reply by mail" run={() => act('mail-reply', { ...reply, public: true })} />
        <Do
          name="Private reply by mail"
          run={() => act('mail-reply', { ...reply, public: false })}
        />
        <Do name="Spoofed mail" run={() => act('mail-reply', { ...reply, spoofed: true })} />
        <Do
          name="Private note by mobile"
          run={() => act('mobile-reply', { ...reply, public: false })}
        />
        <Do
          name="Public reply by mobile"
          run={() => act('mobile-reply', { ...reply, public: true })}
        />
        <Do
          name="Note shown as the writer’s"
          run={() =>
            act('web-comment', {
              ticket_id: ticketId,
              user_id: userId,
              author_id: who,
              text,
              public: false,
            })
          }
        />
        <Do name="Follow-up ticket" run={() => act('follow-up', reply)} />
      </div>
      <div className="row wrap">
        <People label="New requester" value={customer} people={customers} onChange={setCustomer} />
        <Do
          name="Change requester"
          run={() =>
            act('change-requester', {
              ticket_id: ticketId,
              user_id: userId,
              requester_id: customer,
            })
          }
        />
        <label className="inline">
          <span>Into ticket</span>
          <input
            inputMode="numeric"
            size={6}
            value={target}
            onChange={(event) => {
              setTarget(event.target.value);
            }}
          />
        </label>
        <Do
          name="Merge"
          run={() =>
            act('merge', { source_id: ticketId, target_id: Number(target), user_id: userId })
          }
        />
        <Do name="Close ticket" run={() => act('close', { ticket_id: ticketId })} />
        <Do
          name="Delete ticket"
          run={() => act('delete-ticket', { ticket_id: ticketId, user_id: userId })}
        />
      </div>
    </fieldset>
  );
}

function PeopleActions() {
  const { account, userId } = useDeskState();
  const act = useAct();
  const [who, setWho] = useState(userId);
  const staff = Object.values(account.users).filter((user) => user.role !== 'end-user');
  const of = { user_id: who };
  return (
    <fieldset>
      <legend>People</legend>
      <div className="row wrap">
        <People label="Colleague" value={who} people={staff} onChange={setWho} />
        <Do name="Suspend" run={() => act('suspend', of)} />
        <Do name="Unsuspend" run={() => act('suspend', { ...of, suspended: false })} />
        <Do name="Make light agent" run={() => act('light-agent', of)} />
        <Do name="Make agent" run={() => act('role', { ...of, role: 'agent' })} />
        <Do name="Make admin" run={() => act('role', { ...of, role: 'admin' })} />
        <Do name="Downgrade to customer" run={() => act('role', { ...of, role: 'end-user' })} />
        <Do
          name="Restrict to groups"
          run={() => act('restrict', { ...of, ticket_restriction: 'groups' })}
        />
        <Do name="Unrestrict" run={() => act('restrict', { ...of, ticket_restriction: null })} />
        <Do name="Set online" run={() => act('agent-status', { ...of, name: 'online' })} />
        <Do name="Set away" run={() => act('agent-status', { ...of, name: 'away' })} />
      </div>
    </fieldset>
  );
}

function AccountActions() {
  const { account } = useDeskState();
  const act = useAct();
  const { ccs_and_followers: followers, help_center: helpCenter } = account.account;
  return (
    <fieldset>
      <legend>Account</legend>
      <div className="row wrap">
        <Do
          name={followers ? 'Switch followers off' : 'Switch followers on'}
          run={() => act('account', { ccs_and_followers: !followers })}
        />
        <Do
          name={helpCenter ? 'Switch Help Center off' : 'Switch Help Center on'}
          run={() => act('account', { help_center: !helpCenter })}
        />
      </div>
    </fieldset>
  );
}

function useAct() {
  const desk = useDesk();
  return (action: string, input: Record<string, JsonValue>) => {
    void desk.attempt(async () => {
      await desk.client.act(action, input);
      await desk.refresh();
      desk.toast(`Done: ${action.replaceAll('-', ' ')}.`);
    });
  };
}

function Do({ name, run }: { name: ReactNode; run: () => void }) {
  return (
    <button type="button" onClick={run}>
      {name}
    </button>
  );
}

interface PeopleProps {
  label: string;
  value: number;
  people: readonly User[];
  onChange(id: number): void;
}

function People({ label, value, people, onChange }: PeopleProps) {
  const { account } = useDeskState();
  return (
    <label className="inline">
      <span>{label}</span>
      <select
        value={value}
        onChange={(event) => {
          onChange(Number(event.target.value));
        }}
      >
        {people.map((user) => (
          <option key={user.id} value={user.id}>
            {`${user.name} (${user.suspended ? 'suspended' : roleOf(account, user)})`}
          </option>
        ))}
      </select>
    </label>
  );
}
