import * as v from 'valibot';
import { instantFromIso } from '#domain/instant.ts';
import type { TermsRecord } from '#domain/terms.ts';
import { HelpdeskError } from './errors.ts';
import { readAllRecords, type WireRecord } from './records.ts';
import type { RecordAccess } from './slots.ts';

export const TERMS_OBJECT = 'leeway_terms';

/** 2,000 publications. */
const MOST_PAGES = 20;

const number = /^[1-9]\d{0,6}$/;

/** Zendesk keeps an empty text as null. Anything but a text is as good as none. */
const text = v.fallback(v.string(), '');

const fields = v.object({ canonical: text, digest: text, starts_at: text });

/**
 * Reads a record as published terms. What it says is not judged here: an altered canonical form,
 * digest or start comes through as it is, and the domain freezes those terms. A record without a
 * number never was terms: anybody can make one in Zendesk's own list, and it must stop nobody. One
 * whose number was taken away is missing, which the domain knows how to tell.
 */
export function termsOf(record: WireRecord): TermsRecord | null {
  const externalId = record.external_id ?? '';
  if (!number.test(externalId)) return null;
  const { canonical, digest, starts_at: startsAt } = v.parse(fields, record.custom_object_fields);
  return {
    number: Number(externalId),
    canonical,
    digest,
    startsAt: instantFromIso(startsAt),
    createdAt: record.created_at,
    createdBy: record.created_by_user_id,
    updatedAt: record.updated_at,
    updatedBy: record.updated_by_user_id,
  };
}

export async function readTermsRecords({
  transport,
  clock,
}: RecordAccess): Promise<readonly TermsRecord[]> {
  const records = await readAllRecords(transport, TERMS_OBJECT, MOST_PAGES);
  const terms = records.map(termsOf).filter((one) => one !== null);
  for (const { updatedAt } of terms) clock.observe(updatedAt, false);
  if (new Set(terms.map((one) => one.number)).size < terms.length) {
    throw new HelpdeskError('malformed-response', 'two leeway_terms records have one number');
  }
  return terms;
}
