declare const brand: unique symbol;

/** A value that cannot be passed where another kind of the same representation is meant. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name };

/** A Zendesk user. Decimal digits; Zendesk sends a number in most places, a string inside records. */
export type UserId = Brand<string, 'UserId'>;
/** A Zendesk ticket. Decimal digits. */
export type TicketId = Brand<string, 'TicketId'>;
/** A Zendesk audit. Decimal digits. */
export type AuditId = Brand<string, 'AuditId'>;
/** A Zendesk group. Decimal digits. */
export type GroupId = Brand<string, 'GroupId'>;
/** A credit; made by the maker's client before anything is sent. */
export type CreditId = Brand<string, 'CreditId'>;
/** An event of the journal; made by the client that writes it, before it is sent. */
export type EventId = Brand<string, 'EventId'>;

const numeric = /^[1-9]\d{0,19}$/;
const clientMade = /^[A-Za-z0-9_-]{8,64}$/;

function numericId<Name extends string>(value: unknown): Brand<string, Name> | null {
  const text = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value;
  return typeof text === 'string' && numeric.test(text) ? (text as Brand<string, Name>) : null;
}

/** @returns null unless `value` is a positive integer, as a number or as digits. */
export const userId = (value: unknown): UserId | null => numericId<'UserId'>(value);
/** @returns null unless `value` is a positive integer, as a number or as digits. */
export const ticketId = (value: unknown): TicketId | null => numericId<'TicketId'>(value);
/** @returns null unless `value` is a positive integer, as a number or as digits. */
export const auditId = (value: unknown): AuditId | null => numericId<'AuditId'>(value);
/** @returns null unless `value` is a positive integer, as a number or as digits. */
export const groupId = (value: unknown): GroupId | null => numericId<'GroupId'>(value);

/** @returns null unless `value` is 8 to 64 letters, digits, `_` or `-`. */
export const creditId = (value: unknown): CreditId | null =>
  typeof value === 'string' && clientMade.test(value) ? (value as CreditId) : null;
/** @returns null unless `value` is 8 to 64 letters, digits, `_` or `-`. */
export const eventId = (value: unknown): EventId | null =>
  typeof value === 'string' && clientMade.test(value) ? (value as EventId) : null;
