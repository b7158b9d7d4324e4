import type { User } from './state.ts';

/** A user as the API shows them to agents. */
export function userJson(user: User, origin: string): Record<string, unknown> {
  return {
    ...user,
    url: `${origin}/api/v2/users/${String(user.id)}.json`,
    alias: null,
    chat_only: false,
    last_login_at: null,
    moderator: user.role !== 'end-user' && user.role_type !== 1,
    photo: null,
    shared: false,
    shared_agent: false,
    shared_phone_number: null,
    signature: null,
    two_factor_auth_enabled: null,
    report_csv: user.role === 'admin',
  };
}
