import type { FaultRule } from '../faults.ts';
import type { SimulatorState, User } from '../state.ts';
import type { Draft } from './zaf-data.ts';

export type ColorScheme = 'light' | 'dark';
export type Panel = 'inspector' | 'failures' | 'actions' | 'settings';

/** One open ticket with its own instance of the app, which lives on while its tab is hidden. */
export interface Tab {
  ticketId: number;
  guid: string;
  /** The app's address; a new guid means a new address, and with it a new instance. */
  appUrl: string;
  draft: Draft;
  /** What the app asked for with `resize`; the sidebar gives it height, its width is the page's. */
  height: string | null;
  counts: { api: number; helpCenter: number; sinceActivation: number };
}

export interface Modal {
  guid: string;
  ticketId: number;
  appUrl: string;
  size: { width?: string; height?: string };
}

export interface Toast {
  id: number;
  text: string;
  kind: 'notice' | 'alert' | 'error';
}

/** Everything the page shows. Replaced as a whole at each change, so that views can compare it. */
export interface DeskState {
  account: SimulatorState;
  faults: readonly FaultRule[];
  /** The simulator's clock, in milliseconds since the epoch; looked at with each reading of the state. */
  now: number;
  userId: number;
  locale: string;
  tabs: readonly Tab[];
  /** The ticket in front; null is the list. */
  front: number | null;
  scheme: ColorScheme;
  appWidth: number;
  panel: Panel | null;
  modals: readonly Modal[];
  toasts: readonly Toast[];
  busy: boolean;
}

export const locales = ['en-US', 'de', 'es', 'fr', 'pt-BR', 'ja', 'ar'] as const;

/** The signed-in user, in the language that this window was switched to. */
export function signedIn(state: DeskState): User {
  const user = state.account.users[String(state.userId)];
  if (user === undefined) throw new Error(`Nobody has the id ${String(state.userId)}.`);
  return { ...user, locale: state.locale };
}
