import { DAY, type Instant, plus } from './instant.ts';
import type { Minor } from './money.ts';

/**
 * What comes of going against a guideline: nothing but that it is said, a co-sign, or a lead's
 * decision. From the weakest to the strictest.
 */
export const STRENGTHS = ['advise', 'cosign', 'lead'] as const;
export type Strength = (typeof STRENGTHS)[number];

/** When a guideline speaks. A list holds when one of it does; an empty one, and null, always do. */
export interface Circumstances {
  /** Keys of reasons. */
  readonly reasons: readonly string[];
  /** From this amount on. */
  readonly least: Minor | null;
  readonly ticketTags: readonly string[];
  readonly customerTags: readonly string[];
  /** Names or ids of organizations. */
  readonly organizations: readonly string[];
  /** Zendesk's words for how the ticket came: `web`, `email`, `api`, … */
  readonly channels: readonly string[];
  /** Names or ids of ticket forms. */
  readonly forms: readonly string[];
  /** By the id of a custom field of the ticket: the values of which it holds one. All fields must. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
  /** The customer got at least so many credits in the last days. */
  readonly pastCredits: { readonly atLeast: number; readonly withinDays: number } | null;
  /** Whether the customer writes for the first time, or wrote before. */
  readonly contact: 'first' | 'repeat' | null;
}

/** Advice for a situation, from the settings. It never refuses: going against it makes an exception. */
export interface Guideline {
  readonly key: string;
  readonly title: string;
  /** What is usual and why, in the words of the shop; may be empty. */
  readonly text: string;
  /** Where more is written: an address of the web. */
  readonly article: string | null;
  readonly usual: Minor | null;
  readonly strength: Strength;
  /** Above this a credit goes against it; null: any credit does, where the strength asks somebody. */
  readonly most: Minor | null;
  readonly when: Circumstances;
}

/** What is known of a credit and of what is around it. null: not chosen, not typed, or not known. */
export interface Situation {
  readonly reason: string | null;
  /** With what the ticket holds for this customer already, so that splitting helps nobody. */
  readonly amount: Minor | null;
  readonly ticketTags: readonly string[] | null;
  readonly channel: string | null;
  /** Its id and, where it is known, its name; empty: the ticket has none. */
  readonly form: readonly string[] | null;
  /** By field id; a field that is not there is not known. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
  readonly customerTags: readonly string[] | null;
  /** Id and, where it is known, name of the customer's organization; empty: they have none. */
  readonly organization: readonly string[] | null;
  /** When the customer's credits that wait or are posted were asked for. */
  readonly pastCredits: readonly Instant[] | null;
  readonly contact: 'first' | 'repeat' | null;
  readonly now: Instant;
}

export interface FittingGuideline {
  readonly guideline: Guideline;
  /** The credit is outside of it: an exception, in the hands of whom its strength names. */
  readonly against: boolean;
  /** The amount is above its most, also where nothing but advice comes of that. */
  readonly above: boolean;
  /** Some of what it depends on could not be read, and is taken as if it fitted. */
  readonly unsure: boolean;
}

/**
 * The guidelines that fit what is known of a credit, those that it goes against first, strictest
 * first. What is not known is taken as fitting: a missing fact never makes a credit easier to give.
 */
export const fittingGuidelines = (
  guidelines: readonly Guideline[],
  situation: Situation,
): readonly FittingGuideline[] =>
  guidelines
    .flatMap((guideline): FittingGuideline[] => {
      const fit = fits(guideline.when, situation);
      if (fit === 'no') return [];
      const { most, strength } = guideline;
      const above = most !== null && situation.amount !== null && situation.amount > most;
      const against =
        strength !== 'advise' && (most === null ? reached(guideline, situation) : above);
      return [{ guideline, against, above, unsure: fit === 'unknown' }];
    })
    .sort((one, other) => weight(other) - weight(one));

const weight = ({ guideline, against, above }: FittingGuideline): number =>
  against ? 2 + STRENGTHS.indexOf(guideline.strength) : Number(above);

/** One that begins at an amount says nothing against a credit whose amount is not typed yet. */
const reached = ({ when }: Guideline, { amount }: Situation): boolean =>
  when.least === null || amount !== null;

type Fit = 'yes' | 'no' | 'unknown';

function fits(when: Circumstances, situation: Situation): Fit {
  const parts: readonly Fit[] = [
    // Not chosen or typed yet is no fact that failed: all that may still come to matter is shown.
    situation.reason === null ? 'yes' : oneOf(when.reasons, [situation.reason]),
    situation.amount === null || when.least === null || situation.amount >= when.least
      ? 'yes'
      : 'no',
    oneOf(when.ticketTags, situation.ticketTags),
    oneOf(when.customerTags, situation.customerTags),
    oneOf(when.organizations, situation.organization),
    oneOf(when.channels, situation.channel === null ? null : [situation.channel]),
    oneOf(when.forms, situation.form),
    ...Object.entries(when.fields).map(([field, values]) =>
      oneOf(values, situation.fields[field] ?? null),
    ),
    enoughCredits(when, situation),
    when.contact === null || when.contact === situation.contact
      ? 'yes'
      : situation.contact === null
        ? 'unknown'
        : 'no',
  ];
  return parts.includes('no') ? 'no' : parts.includes('unknown') ? 'unknown' : 'yes';
}

function oneOf(wanted: readonly string[], found: readonly string[] | null): Fit {
  if (wanted.length === 0) return 'yes';
  if (found === null) return 'unknown';
  const named = new Set(wanted.map((each) => each.toLowerCase()));
  return found.some((each) => named.has(each.toLowerCase())) ? 'yes' : 'no';
}

function enoughCredits({ pastCredits: wanted }: Circumstances, situation: Situation): Fit {
  if (wanted === null) return 'yes';
  if (situation.pastCredits === null) return 'unknown';
  const since = plus(situation.now, -wanted.withinDays * DAY);
  const count = situation.pastCredits.filter((at) => at > since).length;
  return count >= wanted.atLeast ? 'yes' : 'no';
}

/** The strictest that comes of the guidelines that a credit goes against; `advise` where it goes against none. */
export const strengthAgainst = (fitting: readonly FittingGuideline[]): Strength =>
  fitting
    .filter(({ against }) => against)
    .map(({ guideline }) => guideline.strength)
    .reduce<Strength>(
      (one, other) => (STRENGTHS.indexOf(one) >= STRENGTHS.indexOf(other) ? one : other),
      'advise',
    );
