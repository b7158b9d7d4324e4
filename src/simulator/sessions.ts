import type { SimulatorState, User } from './state.ts';

export interface Session {
  user: User | null;
  /** The channel that a write's audit gets: sessions write as `web`, tokens as `api`. */
  channel: 'web' | 'api';
  scopes: readonly string[];
  /** A Bearer token was shown that is none: refused even where nobody may ask. */
  badToken?: boolean;
}

const nobody: Session = { user: null, channel: 'web', scopes: ['read', 'write'] };

function byApiToken(state: SimulatorState, encoded: string): Session {
  let decoded: string;
  try {
    decoded = atob(encoded);
  } catch {
    return nobody;
  }
  const match = /^(.+)\/token:(.+)$/.exec(decoded);
  const token = state.tokens.find((one) => one.kind === 'api' && one.token === match?.[2]);
  const user = Object.values(state.users).find(
    (one) => one.email !== null && one.email === match?.[1],
  );
  if (token === undefined || user === undefined) return nobody;
  return { user, channel: 'api', scopes: ['read', 'write'] };
}

/**
 * Who asks: `X-Simulator-User` is an agent's session, `Bearer` an OAuth token bound to its user and
 * scopes, `Basic` an API token, which acts as whatever user its caller names.
 */
export function identify(state: SimulatorState, request: Request): Session {
  const [scheme, credentials = ''] = (request.headers.get('authorization') ?? '').split(' ');
  if (scheme === 'Basic') return byApiToken(state, credentials);
  if (scheme === 'Bearer') {
    const token = state.tokens.find((one) => one.kind === 'oauth' && one.token === credentials);
    if (token === undefined || token.user_id === null) return { ...nobody, badToken: true };
    return {
      user: state.users[String(token.user_id)] ?? null,
      channel: 'api',
      scopes: token.scopes,
    };
  }
  const id = request.headers.get('x-simulator-user');
  if (id === null) return nobody;
  return { user: state.users[id] ?? null, channel: 'web', scopes: ['read', 'write'] };
}

/** Whether the session's token was given this scope; sessions of people and API tokens have both. */
export function hasScope(session: Session, scope: 'read' | 'write'): boolean {
  return session.scopes.includes(scope);
}
