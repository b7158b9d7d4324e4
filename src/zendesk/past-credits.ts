import * as v from 'valibot';
import type { Currency } from '#domain/currencies.ts';
import type { TicketId } from '#domain/ids.ts';
import type { Precedent } from '#domain/precedents.ts';
import { satisfactionOf, wireRating } from './history.ts';
import type { PastCredits, Satisfaction } from './helpdesk.ts';
import { PAGE_SIZE } from './paging.ts';
import { recordsPath, wireRecord } from './records.ts';
import { isProbe, slotStatusValue } from './slot-wire.ts';
import { equals, type RecordAccess, seenSlot, SLOT_OBJECT } from './slots.ts';
import type { Transport } from './transport.ts';
import { parseAnswer, wireTicketId } from './wire.ts';

const newest = v.object({
  custom_object_records: v.array(wireRecord),
  meta: v.object({ has_more: v.boolean() }),
});

/** The newest page of posted credits for a reason: one request, whatever the account holds. */
export async function readPastCredits(
  access: RecordAccess,
  { reason, currency }: { readonly reason: string; readonly currency: Currency },
): Promise<PastCredits> {
  const filter = {
    $and: [
      equals('reason', reason),
      equals('currency', currency),
      equals('status', slotStatusValue('posted')),
    ],
  };
  const path = `${recordsPath(SLOT_OBJECT)}/search?sort=-created_at&page[size]=${String(PAGE_SIZE)}`;
  const answer = await access.transport.send({
    method: 'POST',
    path,
    body: { filter },
    kind: 'read',
  });
  const { custom_object_records: records, meta } = parseAnswer(newest, answer, path);
  const slots = records
    .filter((record) => !isProbe(record))
    .map((record) => seenSlot(access, record));
  return {
    // The index finds a record by what it said a while ago; what is compared goes by what it says.
    credits: slots
      .filter(
        ({ fields }) =>
          fields.status === 'posted' && fields.reason === reason && fields.currency === currency,
      )
      .map(({ createdAt, fields }): Precedent => ({
        ticket: fields.ticket,
        amount: fields.amount,
        at: createdAt,
        signers: fields.signers,
        exception: fields.exception,
        tags: fields.tags,
      })),
    more: meta.has_more,
  };
}

const rated = v.object({
  tickets: v.array(
    v.object({ id: wireTicketId, satisfaction_rating: v.nullish(wireRating, null) }),
  ),
});

/**
 * What customers said of these tickets: good, bad, or null for nothing. Tickets that were deleted, or
 * that the agent may not see, are absent. Nothing else of a ticket is kept, and no comment.
 * @param tickets at most 100
 */
export async function readSatisfaction(
  transport: Transport,
  tickets: readonly TicketId[],
): Promise<ReadonlyMap<TicketId, Satisfaction['score'] | null>> {
  if (tickets.length === 0) return new Map();
  if (tickets.length > PAGE_SIZE) throw new RangeError('at most 100 tickets in a call');
  const path = `/api/v2/tickets/show_many?ids=${tickets.join(',')}`;
  const answer = await transport.send({ method: 'GET', path, kind: 'read' });
  return new Map(
    parseAnswer(rated, answer, path).tickets.map(({ id, satisfaction_rating: rating }) => [
      id,
      rating && (satisfactionOf(rating)?.score ?? null),
    ]),
  );
}
