import { createRoot } from 'react-dom/client';
import { createDesk } from './desk.ts';
import { locales, signedIn, type DeskState } from './desk-state.ts';
import { Page } from './page.tsx';
import { recall } from './remembered.ts';
import { maySeeTicket } from '../rights.ts';
import { createSimulatorClient } from './simulator-client.ts';
import { signInChoices } from './people.ts';
import './styles.css';

const client = createSimulatorClient();

async function readDesk(): Promise<DeskState> {
  const [account, faults, now] = await Promise.all([client.state(), client.faults(), client.now()]);
  const wanted = new URLSearchParams(window.location.search).get('as');
  const people = signInChoices(account);
  const user = people.find(({ id }) => String(id) === wanted) ?? people[0];
  if (user === undefined) throw new Error('Nobody works in this account.');
  const locale = recall(`locale-${String(user.id)}`) ?? user.locale;
  const width = Number(recall('appWidth'));
  return {
    account,
    faults,
    now,
    userId: user.id,
    locale: locales.some((known) => known === locale) ? locale : user.locale,
    tabs: [],
    front: null,
    scheme: recall('scheme') === 'dark' ? 'dark' : 'light',
    appWidth: width >= 320 && width <= 480 ? width : 320,
    panel: null,
    modals: [],
    toasts: [],
    busy: false,
  };
}

async function start(page: HTMLElement): Promise<void> {
  const desk = createDesk(client, await readDesk());
  const state = desk.get();
  // Another person may have had other tickets open in this window.
  const mayOpen = (id: string): boolean => {
    const ticket = state.account.tickets[id];
    return ticket?.deleted === false && maySeeTicket(state.account, signedIn(state), ticket);
  };
  const linked = new URLSearchParams(window.location.search).get('ticket');
  const front = linked ?? recall('front') ?? '';
  for (const id of (recall('tabs') ?? '').split(',').filter(mayOpen)) desk.openTicket(Number(id));
  if (mayOpen(front)) desk.openTicket(Number(front));
  else desk.showList();
  createRoot(page).render(<Page desk={desk} />);
}

const page = document.getElementById('page');
if (page !== null) {
  start(page).catch((error: unknown) => {
    page.textContent = `The pretend Zendesk does not answer: ${String(error)}`;
    page.setAttribute('role', 'alert');
  });
}
