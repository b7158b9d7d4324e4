import type { FinalView } from '../final-round.ts';
import type { Finding } from './finding.ts';
import type { Case } from './judge.ts';
import { type CheckedCredit, type CheckedLedger, lifeAt } from './ledger.ts';

type Shown = NonNullable<FinalView['tickets'] extends ReadonlyMap<string, infer T> ? T : never>;

/** What the calm client shows is what the raw journal proves, and nothing that does not count is hidden. */
export function showsTheJournal({ ledgers, now }: Case, { tickets }: FinalView): Finding[] {
  return [...tickets].flatMap(([ticket, shown]) => {
    const ledger = ledgers.of(ticket);
    if (!shown || ledger.murky) return [];
    return [
      ...[...ledger.credits.values()].map((credit) => difference(credit, shown, now)),
      ...shown.credits
        .filter(({ id }) => !ledger.credits.has(id))
        .map(({ id }) => `the app shows ${id}, which is none`),
      ...problems(ledger, shown),
    ]
      .filter((what) => what !== null)
      .map((what) => ({ rule: 'app-differs', what: `ticket ${ticket}: ${what}` }));
  });
}

function difference(credit: CheckedCredit, shown: Shown, now: number): string | null {
  const seen = shown.credits.find(({ id }) => id === credit.id);
  const life = credit.frozen ? 'frozen' : lifeAt(credit, now);
  if (!seen) return `${credit.id} is ${life}, the app shows none`;
  // It may have run out since it was shown.
  const lifeThen = credit.frozen ? 'frozen' : lifeAt(credit, shown.at);
  if (seen.life !== life && seen.life !== lifeThen)
    return `${credit.id} is ${life}, the app shows ${seen.life}`;
  const signers = credit.signers.map(({ by, as }) => `${by} ${as}`).join();
  if (seen.signers.join() !== signers) {
    return `${credit.id} is signed by ${signers}, the app shows ${seen.signers.join()}`;
  }
  if (credit.frozen) return null;
  if (seen.code !== credit.code) return `${credit.id} is ${credit.code}, not ${seen.code}`;
  if (seen.band !== credit.band || seen.needed !== credit.needed) {
    return `${credit.id} is ${credit.band} ${String(credit.needed)}, the app shows ${seen.band} ${String(seen.needed)}`;
  }
  return seen.expires === credit.expires ? null : `${credit.id} expires at another time`;
}

function problems(ledger: CheckedLedger, shown: Shown): string[] {
  const told = new Set(shown.problems.map(({ audit }) => audit));
  const known = new Set(ledger.ignored.filter(({ quiet }) => !quiet).map(({ audit }) => audit));
  return [
    ...ledger.ignored
      .filter(({ quiet, audit }) => !quiet && !told.has(audit))
      .map(({ type, audit }) => `${type} in audit ${String(audit)} counts for nothing, untold`),
    ...[...told]
      .filter((audit) => !known.has(audit))
      .map((audit) => `audit ${String(audit)} is accused, and is sound`),
  ];
}
