import { baseUrl, COMMON_OPTIONS, parsed, refuse } from '../arguments.ts';
import { PAY_USAGE, type PayArguments, readPayArguments } from '../billing/pay-arguments.ts';

export const LISTEN_USAGE = `leeway listen --subdomain acme

listen waits for Zendesk's webhook, settles the ticket that it names, and writes what it found as JSON
lines to standard output.

  --subdomain NAME   of the account, or --url https://acme.zendesk.com
  --port NUMBER      4568 unless given
  --host ADDRESS     127.0.0.1 unless given: put a proxy with TLS before it
  --path PATH        / unless given
  --confirmed FILE   ids of credits that an admin confirmed, one a line; read at each bell
${PAY_USAGE}

The webhook's signing secret is taken from LEEWAY_WEBHOOK_SECRET, the token of an admin, of scope read,
from LEEWAY_ZENDESK_TOKEN. Ends at SIGINT or SIGTERM, after the ticket under way.`;

/** Zendesk's webhooks ring here where nobody says otherwise. */
const PORT = 4568;

export interface ListenArguments {
  readonly baseUrl: string;
  readonly port: number;
  readonly host: string;
  readonly path: string;
  readonly confirmed: string | null;
  readonly pay: PayArguments | null;
}

const OPTIONS = {
  port: { type: 'string' },
  host: { type: 'string' },
  path: { type: 'string' },
  ...COMMON_OPTIONS,
} as const;

/** @throws UsageError */
export function readListenArguments(args: readonly string[]): ListenArguments {
  const values = parsed(args, OPTIONS);
  const { port = String(PORT), path = '/' } = values;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) refuse('--port is a number up to 65535');
  if (!/^\/[\w./~-]*$/.test(path)) refuse('--path begins with / and has no ?');
  return {
    baseUrl: baseUrl(values.subdomain, values.url),
    port: Number(port),
    host: values.host ?? '127.0.0.1',
    path,
    confirmed: values.confirmed ?? null,
    pay: readPayArguments(values, refuse),
  };
}
