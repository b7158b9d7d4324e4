import { SECOND } from '#domain/instant.ts';
import { createBearerTransport } from '#zendesk/bearer-transport.ts';
import { findStatusField } from '#zendesk/status-field.ts';
import { UsageError } from './arguments.ts';
import { createSource, type Source } from './source.ts';

/** What the command needs of its surroundings. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** ms since 1970 */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly fetch: typeof globalThis.fetch;
  readonly stdout: (text: string) => void;
  readonly stderr: (text: string) => void;
  /** Whether a person watches standard error: they get a line that is written over. */
  readonly watched: boolean;
}

/** A transport with the token, and Zendesk's own clock where its answers tell the time. */
export async function connect(
  { baseUrl }: { readonly baseUrl: string },
  around: Surroundings,
): Promise<Source> {
  const { env, now, sleep, stderr } = around;
  const token = env['LEEWAY_ZENDESK_TOKEN'] ?? '';
  if (token === '') throw new UsageError('LEEWAY_ZENDESK_TOKEN is not set');
  let ahead = 0;
  let told = false;
  const transport = createBearerTransport({
    baseUrl,
    token,
    clock: { now, sleep },
    fetch: async (...request) => {
      const response = await around.fetch(...request);
      const date = Date.parse(response.headers.get('date') ?? '');
      if (!told && !Number.isNaN(date)) {
        told = true;
        ahead = now() - date;
      }
      return response;
    },
    onWait: (ms, why) => {
      stderr(`Waiting ${String(Math.ceil(ms / SECOND))} s: ${WAITS[why]}.\n`);
    },
  });
  const statusField = await findStatusField(transport);
  return createSource(transport, statusField, () => now() - ahead);
}

const WAITS = {
  'rate-limited': 'Zendesk allows no more requests now',
  unavailable: 'Zendesk did not answer',
  offline: 'Zendesk cannot be reached',
} as const;
