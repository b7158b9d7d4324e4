import type { Ticket } from '../state.ts';
import { isLightAgent } from '../rights.ts';
import { signedIn, type Tab } from './desk-state.ts';
import { useDesk, useDeskState } from './use-desk.ts';

const statuses = ['new', 'open', 'pending', 'hold', 'solved'] as const;

/** Writes a public reply or an internal note, and saves what was changed in the form with it. */
export function Composer({ tab, ticket }: { tab: Tab; ticket: Ticket }) {
  const desk = useDesk();
  const state = useDeskState();
  const { draft } = tab;
  const me = signedIn(state);
  const isPublic = draft.commentType === 'publicReply';
  const name = `type-${String(ticket.id)}`;
  return (
    <form
      className={isPublic ? 'composer' : 'composer internal'}
      aria-label="Composer"
      onSubmit={(event) => {
        event.preventDefault();
        void desk.submit(ticket.id);
      }}
    >
      <div className="row" role="radiogroup" aria-label="Kind of comment">
        <label>
          <input
            type="radio"
            name={name}
            checked={isPublic}
            onChange={() => {
              desk.edit(ticket.id, { commentType: 'publicReply' });
            }}
          />{' '}
          Public reply
        </label>
        <label>
          <input
            type="radio"
            name={name}
            checked={!isPublic}
            onChange={() => {
              desk.edit(ticket.id, { commentType: 'internalNote' });
            }}
          />{' '}
          Internal note
        </label>
        {isLightAgent(me) && isPublic ? (
          <span className="warn">
            Yours will be private: a light agent writes no public replies.
          </span>
        ) : null}
      </div>
      <textarea
        aria-label="Comment"
        dir="auto"
        rows={3}
        value={draft.commentText}
        onChange={(event) => {
          desk.edit(ticket.id, { commentText: event.target.value });
        }}
      />
      <div className="row">
        <label className="inline">
          <span>Submit as</span>
          <select
            value={draft.status ?? ticket.status}
            onChange={(event) => {
              const status = event.target.value;
              desk.edit(ticket.id, { status: status === ticket.status ? null : status });
            }}
          >
            {statuses
              .filter((one) => one !== 'new' || ticket.status === 'new')
              .map((one) => (
                <option key={one}>{one}</option>
              ))}
            {ticket.status === 'closed' ? <option>closed</option> : null}
          </select>
        </label>
        <span className="spacer" />
        <button type="submit" className="primary" disabled={state.busy}>
          Send
        </button>
      </div>
    </form>
  );
}
