import { useEffect } from 'react';
import { ActionsPanel } from './actions-panel.tsx';
import { AppFrame } from './app-frame.tsx';
import type { Desk } from './desk.ts';
import { FailuresPanel } from './failures-panel.tsx';
import { Inspector } from './inspector.tsx';
import { SettingsPanel } from './settings-panel.tsx';
import { TicketList } from './ticket-list.tsx';
import { TicketView } from './ticket-view.tsx';
import { TopBar } from './top-bar.tsx';
import { DeskContext, useDesk, useDeskState } from './use-desk.ts';

/** The whole pretend agent workspace. */
export function Page({ desk }: { desk: Desk }) {
  return (
    <DeskContext.Provider value={desk}>
      <Workspace />
    </DeskContext.Provider>
  );
}

function Workspace() {
  const { scheme, panel, front, tabs, account } = useDeskState();
  useEffect(() => {
    document.documentElement.dataset['scheme'] = scheme;
  }, [scheme]);
  useEffect(() => {
    const ticket = front === null ? undefined : account.tickets[String(front)];
    document.title = ticket === undefined ? 'Tickets' : `#${String(ticket.id)} ${ticket.subject}`;
  }, [front, account]);
  return (
    <div className="workspace">
      <TopBar />
      <Tabs />
      <main className="stage">
        <div hidden={front !== null} className="fill">
          <TicketList />
        </div>
        {tabs.map((tab) => (
          <div key={tab.ticketId} hidden={tab.ticketId !== front} className="fill">
            <TicketView tab={tab} />
          </div>
        ))}
      </main>
      {panel === null ? null : <Drawer />}
      <Modals />
      <Toasts />
    </div>
  );
}

function Tabs() {
  const desk = useDesk();
  const { tabs, front, account } = useDeskState();
  return (
    <nav className="tabs" aria-label="Open tickets">
      <button
        type="button"
        className="tab"
        aria-current={front === null ? 'page' : undefined}
        onClick={desk.showList}
      >
        Tickets
      </button>
      {tabs.map(({ ticketId }) => (
        <span key={ticketId} className="tab-pair">
          <button
            type="button"
            className="tab"
            aria-current={front === ticketId ? 'page' : undefined}
            onClick={() => {
              desk.openTicket(ticketId);
            }}
          >
            <span className="tab-number">#{ticketId}</span>{' '}
            <bdi>{account.tickets[String(ticketId)]?.subject}</bdi>
          </button>
          <button
            type="button"
            className="tab-close"
            aria-label={`Close ticket ${String(ticketId)}`}
            onClick={() => {
              desk.closeTicket(ticketId);
            }}
          >
            ×
          </button>
        </span>
      ))}
    </nav>
  );
}

const titles = {
  inspector: 'Inspector',
  failures: 'Failures',
  actions: 'Actions',
  settings: 'App settings',
} as const;

function Drawer() {
  const desk = useDesk();
  const { panel } = useDeskState();
  if (panel === null) return null;
  return (
    <section className="drawer" aria-label={titles[panel]}>
      <header className="drawer-head">
        <h2>{titles[panel]}</h2>
        <button
          type="button"
          onClick={() => {
            desk.showPanel(null);
          }}
        >
          Close panel
        </button>
      </header>
      <div className="drawer-body">
        {panel === 'inspector' ? <Inspector /> : null}
        {panel === 'failures' ? <FailuresPanel /> : null}
        {panel === 'actions' ? <ActionsPanel /> : null}
        {panel === 'settings' ? <SettingsPanel /> : null}
      </div>
    </section>
  );
}

function Modals() {
  const desk = useDesk();
  const { modals } = useDeskState();
  return modals.map(({ guid, ticketId, appUrl, size }) => (
    <div key={guid} className="modal-back">
      <div
        className="modal"
        role="dialog"
        aria-modal="true"
        aria-label="App"
        style={{ width: size.width ?? '600px' }}
      >
        <button
          type="button"
          className="modal-close"
          aria-label="Close dialog"
          onClick={() => {
            desk.closeModal(guid);
          }}
        >
          ×
        </button>
        <AppFrame
          guid={guid}
          ticketId={ticketId}
          url={appUrl}
          location="modal"
          height={size.height ?? '400px'}
        />
      </div>
    </div>
  ));
}

function Toasts() {
  const { toasts } = useDeskState();
  return (
    <div className="toasts" role="status" aria-label="Notices">
      {toasts.map(({ id, text, kind }) => (
        <p key={id} className={`toast toast-${kind}`}>
          {text}
        </p>
      ))}
    </div>
  );
}
