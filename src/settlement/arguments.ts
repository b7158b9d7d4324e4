import { parseArgs, type ParseArgsConfig } from 'node:util';
import { type TicketId, ticketId } from '#domain/ids.ts';
import { type Instant, instantFromIso } from '#domain/instant.ts';
import {
  PAY_OPTIONS,
  PAY_USAGE,
  type PayArguments,
  readPayArguments,
} from './billing/pay-arguments.ts';
import { type Format, FORMATS } from './output.ts';

export const USAGE = `leeway settle --subdomain acme --since 2026-11-01 --out credits.csv
leeway verify --subdomain acme --since 2026-11-01

settle hands over what may be paid, and lists what may not and why; verify only judges.

  --subdomain NAME   of the account, or --url https://acme.zendesk.com
  --since DATE       from when on credits are listed (2026-11-01 or 2026-11-01T00:00:00Z);
                     needed unless a state knows it
  --until DATE       credits posted from then on wait for a later run
  --out FILE         left out: standard output
  --format FORMAT    csv (the usual), ndjson, json or text
  --state FILE       what this run leaves to the next: each credit is handed over once, and only what
                     changed is read again; an interrupted run goes on
  --ticket ID        only this ticket, with what its sums need; keeps no state
  --audit-all        read every changed ticket, not only those that are or were Leeway's
  --confirmed FILE   ids of credits that an admin confirmed, one a line
${PAY_USAGE}

The token of an admin, of scope read, is taken from LEEWAY_ZENDESK_TOKEN.
Exit code: 0 nothing to look at, 1 something is not payable, 2 not finished, nothing handed over.`;

export interface Arguments {
  readonly command: 'settle' | 'verify';
  readonly baseUrl: string;
  readonly since: Instant | null;
  readonly until: Instant | null;
  readonly out: string | null;
  readonly format: Format;
  readonly state: string | null;
  readonly ticket: TicketId | null;
  readonly auditAll: boolean;
  readonly confirmed: string | null;
  readonly pay: PayArguments | null;
}

/** The command was not called as {@link USAGE} says. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

export const refuse = (message: string): never => {
  throw new UsageError(message);
};

/** @throws UsageError */
export function readArguments(command: 'settle' | 'verify', args: readonly string[]): Arguments {
  const values = parsed(args, OPTIONS);
  const ticket = values.ticket === undefined ? null : ticketId(values.ticket);
  if (values.ticket !== undefined && ticket === null) refuse('--ticket is no ticket id');
  if (ticket !== null && values.state !== undefined) refuse('--ticket keeps no state');
  const since = moment('since', values.since);
  if (since === null && values.state === undefined && ticket === null) refuse('--since is needed');
  const format = FORMATS.find((one) => one === (values.format ?? 'csv'));
  return {
    command,
    baseUrl: baseUrl(values.subdomain, values.url),
    since,
    until: moment('until', values.until),
    out: values.out ?? null,
    format: format ?? refuse(`--format is one of ${FORMATS.join(', ')}`),
    state: values.state ?? null,
    ticket,
    auditAll: values['audit-all'] ?? false,
    confirmed: values.confirmed ?? null,
    pay: payArguments(command, values),
  };
}

/** Options that every way of running has. */
export const COMMON_OPTIONS = {
  subdomain: { type: 'string' },
  url: { type: 'string' },
  confirmed: { type: 'string' },
  ...PAY_OPTIONS,
} as const;

const OPTIONS = {
  since: { type: 'string' },
  until: { type: 'string' },
  out: { type: 'string' },
  format: { type: 'string' },
  state: { type: 'string' },
  ticket: { type: 'string' },
  'audit-all': { type: 'boolean' },
  ...COMMON_OPTIONS,
} as const;

/** @throws UsageError */
export function parsed<T extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: T,
) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function payArguments(
  command: Arguments['command'],
  values: Parameters<typeof readPayArguments>[0],
): PayArguments | null {
  const pay = readPayArguments(values, refuse);
  return command === 'verify' && pay !== null ? refuse('verify only judges') : pay;
}

/** @throws UsageError */
export function baseUrl(subdomain: string | undefined, url: string | undefined): string {
  if (subdomain !== undefined && url !== undefined) refuse('--subdomain or --url, not both');
  if (url !== undefined) return url;
  if (subdomain === undefined) return refuse('--subdomain is needed');
  return /^[a-z0-9][a-z0-9-]{0,62}$/i.test(subdomain)
    ? `https://${subdomain}.zendesk.com`
    : refuse('--subdomain is the first part of acme.zendesk.com');
}

function moment(name: string, text: string | undefined): Instant | null {
  if (text === undefined) return null;
  const at = instantFromIso(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);
  return at ?? refuse(`--${name} is no date such as 2026-11-01`);
}
