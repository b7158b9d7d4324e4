import * as v from 'valibot';
import { HelpdeskError } from './errors.ts';
import { readAllPages } from './paging.ts';
import type { Transport } from './transport.ts';
import { wireId } from './wire.ts';

/** 1,000 ticket fields; Zendesk's own limit is lower. */
const MOST_PAGES = 10;

/** The option of the field that no ticket without a posted credit has. */
const POSTED = 'leeway_posted';

const ticketField = v.object({
  id: wireId,
  active: v.nullish(v.boolean(), true),
  custom_field_options: v.nullish(v.array(v.object({ value: v.nullish(v.string()) })), []),
});

/**
 * The account's id of the ticket field `leeway_status`, null when there is none. Outside of Zendesk's
 * frame nobody tells what the app's requirements became, and a title may be changed or translated:
 * the field is known by its options. One that was switched off counts while no other is there.
 * @throws HelpdeskError `malformed-response` when several active fields have the option
 */
export async function findStatusField(transport: Transport): Promise<string | null> {
  const fields = await readAllPages(transport, {
    path: '/api/v2/ticket_fields',
    member: 'ticket_fields',
    item: ticketField,
    mostPages: MOST_PAGES,
  });
  const ours = fields.filter(({ custom_field_options: options }) =>
    options.some(({ value }) => value === POSTED),
  );
  const active = ours.filter((field) => field.active);
  const [field, other] = active.length > 0 ? active : ours;
  if (field && other) {
    const ids = `${field.id} and ${other.id}`;
    throw new HelpdeskError('malformed-response', `ticket fields ${ids} both have ${POSTED}`);
  }
  return field?.id ?? null;
}
