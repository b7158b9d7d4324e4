/**
 * Zendesk's framework lets one app send 100 requests a minute for one user, over all open ticket
 * tabs together, and answers 429 by itself beyond that; the API never sees those requests.
 */
export interface RequestAllowance {
  /** Takes one request out of the allowance of the last minute; false when none is left. */
  take(): boolean;
  /** How many requests of the last minute count against the allowance. */
  used(): number;
}

const windowMs = 60_000;

export function createRequestAllowance(now: () => number, limit = 100): RequestAllowance {
  let taken: number[] = [];
  const forget = () => {
    const oldest = now() - windowMs;
    taken = taken.filter((at) => at > oldest);
  };
  return {
    take() {
      forget();
      if (taken.length >= limit) return false;
      taken.push(now());
      return true;
    },
    used() {
      forget();
      return taken.length;
    },
  };
}
