import type { Audit } from '#domain/audit.ts';
import type { TicketId } from '#domain/ids.ts';
import { instantFromIso, SECOND } from '#domain/instant.ts';
import { HelpdeskError } from '#zendesk/errors.ts';
import type { Context } from './context.ts';

/** A whole second of Zendesk's, and a little for clocks that do not run alike. */
const SLACK = 3 * SECOND;

/**
 * The ticket's audits with the one that was just written. `safe_update` compares whole seconds: what
 * somebody else wrote just after we had read, within the second of the newest audit that we read, did
 * not stop our write. It stands before ours, and decides. Where that is possible all is read again.
 * @param before as they were read, with what the write was guarded by
 * @throws HelpdeskError `outcome-unknown` when they cannot be read again: something was written, and
 *   nobody can say yet what came of it
 */
export async function auditsAfter(
  { helpdesk, clock }: Context,
  ticket: TicketId,
  before: {
    readonly audits: readonly Audit[];
    /** The ticket's `updated_at` that the write named. */
    readonly stamp: string;
    /** `clock.elapsed()` before the audits were read. */
    readonly since: number;
  },
  written: Audit,
): Promise<readonly Audit[]> {
  const last = before.audits.at(-1)?.at ?? null;
  const took = clock.elapsed() - before.since;
  const guarded = last !== null && instantFromIso(before.stamp) === last;
  if (guarded && written.at - took - SLACK > last) return [...before.audits, written];
  try {
    return await helpdesk.readAudits(ticket);
  } catch (cause) {
    if (!(cause instanceof HelpdeskError)) throw cause;
    const message = 'what was written could not be read back';
    throw new HelpdeskError('outcome-unknown', message, { cause });
  }
}
