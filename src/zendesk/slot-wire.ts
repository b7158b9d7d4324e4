import * as v from 'valibot';
import { currency } from '#domain/currencies.ts';
import { creditId, type UserId, userId } from '#domain/ids.ts';
import { isoFromInstant } from '#domain/instant.ts';
import { minor } from '#domain/money.ts';
import type { Slot, SlotFields, SlotStatus } from '#domain/slot.ts';
import { parseSlotKey } from '#domain/slot-key.ts';
import { HelpdeskError } from './errors.ts';
import type { RecordDraft, WireRecord } from './records.ts';
import { readAs, wireInstant, wireTicketId, wireUserId } from './wire.ts';

/**
 * Values of the dropdown `status`. They work as tags do, all over the account, hence the prefix.
 */
const statusValues: Readonly<Record<SlotStatus, string>> = {
  reserved: 'leeway_reserved',
  posted: 'leeway_posted',
  void: 'leeway_void',
  reversed: 'leeway_reversed',
  'reversed-late': 'leeway_reversed_late',
};

const statusOf = new Map<unknown, SlotStatus>(
  (Object.keys(statusValues) as SlotStatus[]).map((status) => [statusValues[status], status]),
);

export const slotStatusValue = (status: SlotStatus): string => statusValues[status];

export const ASKED_FIELDS = ['asked_1', 'asked_2', 'asked_3', 'asked_4', 'asked_5'] as const;

/** Zendesk keeps an empty text as null. */
const text = v.nullish(v.string(), '');

/** Of a list in a text, separated by commas or blanks. */
const itemsOf = (list: string): readonly string[] =>
  list.split(/[\s,]+/).filter((item) => item !== '');

const asked = v.union([
  v.pipe(
    v.nullish(v.literal('')),
    v.transform(() => null),
  ),
  wireUserId,
]);

function readPeople(value: unknown): readonly UserId[] | null {
  const ids = typeof value === 'string' ? itemsOf(value).map(userId) : [];
  const isText = typeof value === 'string' || value === null || value === undefined;
  return isText && ids.every((id) => id !== null) ? ids : null;
}

/** Written as a text, since the object's one whole number is the amount. */
const termsNumber = v.pipe(
  v.string(),
  v.regex(/^[1-9]\d{0,6}$/, 'is no number'),
  v.transform(Number),
);

const fields = v.object({
  credit_id: readAs(creditId, 'credit id'),
  ticket: wireTicketId,
  maker: wireUserId,
  customer: wireUserId,
  ...(Object.fromEntries(ASKED_FIELDS.map((key) => [key, asked])) as Record<
    (typeof ASKED_FIELDS)[number],
    typeof asked
  >),
  signers: readAs(readPeople, 'list of user ids'),
  amount_minor: readAs(minor, 'amount'),
  currency: readAs(currency, 'currency'),
  reason: text,
  tags: v.pipe(text, v.transform(itemsOf)),
  status: readAs((value) => statusOf.get(value) ?? null, 'status'),
  band: v.picklist(['self', 'peer', 'lead']),
  exception: v.pipe(
    v.picklist(['yes', 'no']),
    v.transform((word) => word === 'yes'),
  ),
  terms: termsNumber,
  expires_at: wireInstant,
});

const PROBE_PREFIX = 'probe/';

/** The external id by which uniqueness is proved. No slot has one like it: it names no period. */
export const probeExternalId = (user: string): string => `${PROBE_PREFIX}${user}`;

/** Whether the record is a probe of uniqueness, which is no slot. */
export const isProbe = (record: WireRecord): boolean =>
  record.external_id?.startsWith(PROBE_PREFIX) ?? false;

/**
 * Reads a record as a slot. One that cannot be read is an error for all that was asked with it, not
 * an entry less: its amount is not known, so neither is the budget or the customer's sum, and
 * nobody may submit on what is unknown. Anybody with edit rights can spoil a record so; the error
 * names it, its last writer stands in it, and an admin can mend or delete it.
 * @throws HelpdeskError `malformed-response`
 */
export function slotOf(record: WireRecord): Slot {
  const key = record.external_id === null ? null : parseSlotKey(record.external_id);
  const parsed = v.safeParse(fields, record.custom_object_fields);
  if (key && parsed.success) {
    return {
      record: record.id,
      key,
      createdAt: record.created_at,
      updatedAt: record.updated_at,
      createdBy: record.created_by_user_id,
      updatedBy: record.updated_by_user_id,
      fields: fieldsOf(parsed.output),
    };
  }
  const [issue] = parsed.issues ?? [];
  const why = issue ? `${v.getDotPath(issue) ?? ''} ${issue.message}` : 'is no slot key';
  const name = `${record.id} (external id ${record.external_id ?? 'none'}`;
  const writer = `last written by ${record.updated_by_user_id ?? 'nobody'})`;
  throw new HelpdeskError(
    'malformed-response',
    `leeway_credit record ${name}, ${writer} cannot be read: ${why}`,
  );
}

function fieldsOf(wire: v.InferOutput<typeof fields>): SlotFields {
  return {
    credit: wire.credit_id,
    ticket: wire.ticket,
    maker: wire.maker,
    customer: wire.customer,
    asked: ASKED_FIELDS.map((key) => wire[key]).filter((user) => user !== null),
    signers: wire.signers,
    amount: wire.amount_minor,
    currency: wire.currency,
    reason: wire.reason,
    tags: wire.tags,
    status: wire.status,
    band: wire.band,
    exception: wire.exception,
    terms: wire.terms,
    expiresAt: wire.expires_at,
  };
}

/**
 * All fields of a slot as Zendesk takes them. Text, but for the amount: lookups are few below the
 * largest plan, and a text is exactly what was written.
 * @throws RangeError for more than five asked, which is a program error
 */
export function slotDraft(name: string, slot: SlotFields): RecordDraft {
  if (slot.asked.length > ASKED_FIELDS.length) throw new RangeError('more than five are asked');
  return {
    name,
    custom_object_fields: {
      credit_id: slot.credit,
      ticket: slot.ticket,
      maker: slot.maker,
      customer: slot.customer,
      // Every place is written: one left out would keep who was asked before.
      ...Object.fromEntries(ASKED_FIELDS.map((key, index) => [key, slot.asked[index] ?? null])),
      signers: slot.signers.join(' '),
      amount_minor: slot.amount,
      currency: slot.currency,
      reason: slot.reason,
      tags: slot.tags.join(' '),
      status: statusValues[slot.status],
      band: slot.band,
      exception: slot.exception ? 'yes' : 'no',
      terms: String(slot.terms),
      expires_at: isoFromInstant(slot.expiresAt),
    },
  };
}
