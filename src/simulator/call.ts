import type { Clock } from './clock.ts';
import type { SimulatorEvent } from './events.ts';
import type { Random } from './ids.ts';
import type { SimulatorState, User } from './state.ts';

/** What every handler works on. `state` is replaced as a whole by a reset. */
export interface World {
  state: SimulatorState;
  clock: Clock;
  random: Random;
  emit(event: SimulatorEvent): void;
}

/** One authenticated request on its way through a handler. */
export interface Call {
  world: World;
  /** Who asks; routes for `anyone` may be asked by nobody. */
  visitor: User | null;
  /** `api` for tokens, `web` for sessions: the channel that a write's audit gets. */
  channel: 'api' | 'web';
  method: string;
  url: URL;
  /** Named parts of the path. */
  params: Record<string, string>;
  body: unknown;
}

export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/**
 * `path` has `{name}` for a part. `query` names the parameters that are known there beside paging;
 * any other is refused.
 */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  who: 'anyone' | 'agents' | 'admins';
  query?: readonly string[];
  paging?: 'cursor' | 'offset' | 'both';
  /** A read that is sent as POST needs no write scope. */
  reads?: boolean;
  answer(call: Call): Answer;
}

/** The asking user of a route that is not for anyone. */
export function askerOf(call: Call): User {
  if (call.visitor === null) throw new Error('A route for agents was entered by nobody.');
  return call.visitor;
}

/** A named part of the path. */
export function partOf(call: Call, name: string): string {
  const value = call.params[name];
  if (value === undefined) throw new Error(`The route has no part named ${name}.`);
  return decodeURIComponent(value);
}
