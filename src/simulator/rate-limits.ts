import type { Clock } from './clock.ts';
import { Refusal } from './refusal.ts';
import type { AccountSettings } from './state.ts';

const MINUTE = 60_000;

interface Window {
  until: number;
  used: number;
}

interface Spent {
  limit: number;
  remaining: number;
  /** Seconds until the window ends. */
  reset: number;
}

interface Counted {
  user: number | null;
  app: boolean;
  path: string;
  method: string;
  /** Zendesk's limit headers are added here. */
  headers: Record<string, string>;
}

export interface RateLimits {
  /** Counts a request against every limit that holds for it. @throws Refusal 429 with `Retry-After`. */
  count(account: AccountSettings, request: Counted): void;
}

/** A limit of some endpoints, as its header tells it. */
const told = ({ limit, remaining, reset }: Spent): string =>
  `total=${String(limit)}; remaining=${String(remaining)}; resets=${String(reset)}`;

/** Fixed windows, each from the first request that is counted in it. */
export function createRateLimits(clock: Clock): RateLimits {
  const windows = new Map<string, Window>();

  function spend(key: string, limit: number, length: number, refusal?: unknown): Spent {
    const now = clock.now();
    let window = windows.get(key);
    if (window === undefined || window.until <= now) {
      window = { until: now + length, used: 0 };
      windows.set(key, window);
    }
    const reset = Math.max(1, Math.ceil((window.until - now) / 1000));
    if (window.used >= limit) {
      throw new Refusal(
        429,
        refusal ?? {
          error: 'TooManyRequests',
          description: `Number of allowed requests exceeded: ${String(limit)} (${key})`,
        },
        { 'retry-after': String(reset) },
      );
    }
    window.used += 1;
    return { limit, remaining: limit - window.used, reset };
  }

  return {
    count(account, { user, app, path, method, headers }) {
      const helpCenter = path.startsWith('/api/v2/help_center/');
      const whole = spend(
        helpCenter ? 'help center' : 'account',
        helpCenter ? account.help_center_requests_per_minute : account.requests_per_minute,
        MINUTE,
      );
      headers['x-rate-limit'] = String(whole.limit);
      headers['x-rate-limit-remaining'] = String(whole.remaining);
      headers['ratelimit-limit'] = String(whole.limit);
      headers['ratelimit-remaining'] = String(whole.remaining);
      headers['ratelimit-reset'] = String(whole.reset);
      if (app) {
        spend(`app of ${String(user)}, minute`, account.app_requests_per_minute, MINUTE);
        spend(`app of ${String(user)}, 5 minutes`, account.app_requests_per_5_minutes, 5 * MINUTE);
      }
      if (path.startsWith('/api/v2/incremental/')) {
        const limit = account.incremental_exports_per_minute;
        const exports = spend('incremental exports', limit, MINUTE, {
          error: 'APIRateLimitExceeded',
          description: 'Number of allowed incremental export API requests per minute exceeded',
        });
        const byCursor = /\/cursor(\.json)?$/.test(path) ? '-cursor' : '';
        headers[`zendesk-ratelimit-incremental-exports${byCursor}`] = told(exports);
      }
      const ticket = /^\/api\/v2\/tickets\/(\d+)(\.json)?$/.exec(path)?.[1];
      if (method === 'PUT' && ticket !== undefined) {
        spend('ticket updates', account.ticket_updates_per_minute, MINUTE);
        const own = spend(
          `updates of ticket ${ticket} by ${String(user)}`,
          account.ticket_updates_per_10_minutes,
          10 * MINUTE,
        );
        headers['zendesk-ratelimit-tickets-update'] = told(own);
      }
    },
  };
}
