import { type Instant, isoFromInstant } from '#domain/instant.ts';
import { UsageError } from '../arguments.ts';
import { preparePayment } from '../billing/pay-settled.ts';
import { readConfirmed } from '../confirmed-file.ts';
import { connect, type Surroundings } from '../connect.ts';
import { failureSentence } from '../failure-sentences.ts';
import { written } from '../output.ts';
import { settleTicket } from '../settle.ts';
import { LISTEN_USAGE, readListenArguments } from './listen-arguments.ts';
import { type ListenEvent, startListening } from './receiver.ts';

export interface ListenSurroundings extends Surroundings {
  /** Resolves when the process is asked to end. */
  readonly asked: Promise<unknown>;
  /** Told the address once it listens. */
  readonly onListening?: (url: string) => void;
}

/**
 * `leeway listen`: settles the ticket that a webhook names. A bell that is missed is no loss: the
 * scheduled `leeway settle` finds what it would have found.
 * @returns the exit code: 0 it was asked to end, 2 it could not begin
 */
export async function runListening(
  args: readonly string[],
  around: ListenSurroundings,
): Promise<0 | 2> {
  try {
    const listening = await listen(args, around);
    await around.asked;
    await listening.close();
    return 0;
  } catch (cause) {
    around.stderr(`${failureSentence(cause)}\n`);
    if (cause instanceof UsageError) around.stderr(`\n${LISTEN_USAGE}\n`);
    return 2;
  }
}

async function listen(args: readonly string[], around: ListenSurroundings) {
  const { confirmed, pay, ...where } = readListenArguments(args);
  const secret = around.env['LEEWAY_WEBHOOK_SECRET'] ?? '';
  if (secret === '') throw new UsageError('LEEWAY_WEBHOOK_SECRET is not set');
  const source = await connect(where, around);
  // Said now and not at the first bell: a key or a ledger that cannot be used.
  if (pay) await preparePayment(pay, source, around);
  const { now, sleep, stderr, stdout } = around;
  const listening = await startListening({
    ...where,
    secret,
    clock: { now, sleep },
    async settle(ticket) {
      // The ledger and the file are read again each time: another run may have paid meanwhile.
      const payment = pay && (await preparePayment(pay, source, around));
      const ids = await readConfirmed(confirmed);
      const lines = await settleTicket(source, ticket, ids, payment?.paidBefore);
      for (const piece of written(lines, 'ndjson')) stdout(piece);
      await payment?.pay(lines, ids);
    },
    tell: (event) => {
      stderr(`${isoFromInstant(now() as Instant)} ${sentenceOf(event)}\n`);
    },
  });
  stderr(`Listening at ${listening.url}\n`);
  around.onListening?.(listening.url);
  return listening;
}

function sentenceOf(event: ListenEvent): string {
  switch (event.kind) {
    case 'rung':
      return `rung ticket=${event.ticket}`;
    case 'settled':
      return `settled ticket=${event.ticket}`;
    case 'failed':
      return `failed ticket=${event.ticket} code=${event.code}`;
    case 'refused':
      return `refused why=${event.why} times=${String(event.times)}`;
    case 'left':
      return `left tickets=${event.tickets.join(',')}`;
  }
}
