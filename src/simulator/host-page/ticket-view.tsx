import { AppFrame } from './app-frame.tsx';
import { Composer } from './composer.tsx';
import { Conversation } from './conversation.tsx';
import type { Tab } from './desk-state.ts';
import { TicketForm } from './ticket-form.tsx';
import { useDesk, useDeskState } from './use-desk.ts';

/** One open ticket: its form, its conversation, and the app beside them. */
export function TicketView({ tab }: { tab: Tab }) {
  const { appWidth, account } = useDeskState();
  const ticket = account.tickets[String(tab.ticketId)];
  if (ticket === undefined) return null;
  return (
    <article
      className="ticket"
      aria-label={`Ticket ${String(ticket.id)}`}
      style={{ gridTemplateColumns: `232px minmax(300px, 1fr) ${String(appWidth)}px` }}
    >
      <TicketForm tab={tab} ticket={ticket} />
      <div className="thread">
        <h1 className="subject">
          <bdi>{tab.draft.subject ?? ticket.subject}</bdi>
        </h1>
        {ticket.deleted ? <p role="alert">This ticket was deleted.</p> : null}
        <Conversation ticketId={ticket.id} />
        <Composer tab={tab} ticket={ticket} />
      </div>
      <AppColumn tab={tab} />
    </article>
  );
}

function AppColumn({ tab }: { tab: Tab }) {
  const desk = useDesk();
  const { appWidth } = useDeskState();
  const { counts } = tab;
  return (
    <aside className="app-column" aria-label="Apps">
      <div className="app-head">
        <label className="inline">
          <span>Width {appWidth}</span>
          <input
            type="range"
            aria-label="Width of the app"
            min={320}
            max={480}
            step={20}
            value={appWidth}
            onChange={(event) => {
              desk.setAppWidth(Number(event.target.value));
            }}
          />
        </label>
        <span
          className="quiet"
          title="Requests of this instance: to the API and to the Help Center since it was loaded, and in all since it was last brought to the front"
        >
          {counts.api} + {counts.helpCenter} requests
        </span>
      </div>
      <AppFrame
        guid={tab.guid}
        ticketId={tab.ticketId}
        url={tab.appUrl}
        location="ticket_sidebar"
        height={tab.height}
      />
    </aside>
  );
}
