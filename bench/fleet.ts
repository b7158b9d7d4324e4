import type { Bench, Figure } from './figure.ts';

/** Requests a minute that Zendesk allows a whole account, by plan. */
const plans = {
  'Suite Team': 200,
  'Suite Growth and Professional': 400,
  'Suite Enterprise': 700,
  'Enterprise Plus, High Volume': 2500,
} as const;

/** What an opening asks of REST; tests hold it (docs/figures.md). The Help Center counts apart. */
const cost = { firstTicket: 6, furtherTicket: 3, seenAgain: 1, newCredit: 8, decision: 6 } as const;

/** A support agent's day. */
const day = {
  hours: 8,
  /** Tickets opened an hour: a fast desk. */
  tickets: 12,
  /** Of these, how many were open in this browser before. */
  again: 1 / 4,
  /** Tickets looked at again later than 30 s, an hour: coming back to a tab. */
  returns: 6,
  /** Credits asked for, and decided, an hour. */
  credits: 1 / 4,
  /** How much busier the busiest minute of a day is than its mean. */
  peak: 3,
} as const;

/** Of an account's requests, what Leeway may take when other apps and integrations want theirs. */
const FAIR_SHARE = 1 / 2;

function perMinute(agents: number): number {
  const { hours, tickets, again, returns, credits } = day;
  const perHour =
    tickets * (1 - again) * cost.furtherTicket +
    tickets * again * cost.seenAgain +
    returns * cost.seenAgain +
    credits * (cost.newCredit + cost.decision) +
    cost.firstTicket / hours;
  return (agents * perHour) / 60;
}

/**
 * A model, not a measurement: how much of each plan's allowance a desk of agents uses, in its mean and
 * its busiest minute, and what happens above it. `peak` may be set: `npm run bench -- fleet 5`.
 */
export const fleet: Bench = ([peakText]) => {
  const peak = Number(peakText ?? day.peak);
  const figures: Figure[] = [];
  for (const agents of [100, 1000]) {
    const mean = perMinute(agents);
    for (const [plan, limit] of Object.entries(plans)) {
      const busiest = mean * peak;
      figures.push({
        what: `${String(agents)} agents, ${plan}: of ${String(limit)} a minute, mean`,
        value: (100 * mean) / limit,
        unit: '%',
      });
      figures.push({
        what: `${' '.repeat(String(agents).length)} in the busiest minute${remark(busiest, limit)}`,
        value: (100 * busiest) / limit,
        unit: '%',
      });
    }
  }
  return Promise.resolve(figures);
};

function remark(busiest: number, limit: number): string {
  if (busiest > limit) return ' (reads wait their turn)';
  return busiest > limit * FAIR_SHARE ? ' (little left for other apps)' : '';
}
