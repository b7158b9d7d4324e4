import * as v from 'valibot';
import { type Instant, instantFromIso, isoFromInstant } from '#domain/instant.ts';
import type { TermsRecord } from '#domain/terms.ts';
import { HelpdeskError } from './errors.ts';
import type { NewTermsRecord, PublishedTerms } from './helpdesk.ts';
import {
  createRecord,
  readAllRecords,
  readByExternalIds,
  type RecordDraft,
  updateRecord,
  type WireRecord,
} from './records.ts';
import type { RecordAccess } from './slots.ts';

const OBJECT = 'leeway_terms';

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
function termsOf(record: WireRecord): TermsRecord | null {
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
  const records = await readAllRecords(transport, OBJECT, MOST_PAGES);
  const terms = records.map(termsOf).filter((one) => one !== null);
  for (const { updatedAt } of terms) clock.observe(updatedAt, false);
  if (new Set(terms.map((one) => one.number)).size < terms.length) {
    throw new HelpdeskError('malformed-response', 'two leeway_terms records have one number');
  }
  return terms;
}

export async function publishTerms(
  { transport, clock }: RecordAccess,
  terms: NewTermsRecord,
): Promise<PublishedTerms> {
  const draft = draftOf(terms);
  const outcome = await createRecord(transport, OBJECT, String(terms.number), draft);
  if (outcome.kind === 'created') {
    clock.observe(outcome.record.created_at, true);
    return { kind: 'published', record: writtenTerms(outcome.record, terms) };
  }
  // This very form is there: an earlier answer was lost, or somebody published the same.
  const same = outcome.records.map(termsOf).find((found) => found?.canonical === terms.canonical);
  return same ? { kind: 'published', record: same } : { kind: 'taken' };
}

export async function affirmTerms(
  { transport, clock }: RecordAccess,
  terms: Omit<NewTermsRecord, 'name'>,
): Promise<TermsRecord> {
  const externalId = String(terms.number);
  // The same words again may be no change to Zendesk, and then its last writer would stay; the name
  // makes it one.
  const draft = draftOf({
    ...terms,
    name: `Leeway terms ${externalId}, affirmed ${isoFromInstant(clock.now())}`,
  });
  const [existing] = await readByExternalIds(transport, OBJECT, [externalId]);
  if (existing) {
    return writtenTerms(await updateRecord(transport, OBJECT, existing.id, draft), terms);
  }
  const outcome = await createRecord(transport, OBJECT, externalId, draft);
  if (outcome.kind === 'created') return writtenTerms(outcome.record, terms);
  throw new HelpdeskError('conflict', `leeway_terms ${externalId} was just written by another`);
}

const draftOf = (terms: NewTermsRecord): RecordDraft => ({
  name: terms.name,
  custom_object_fields: {
    canonical: terms.canonical,
    digest: terms.digest,
    starts_at: isoFromInstant(terms.startsAt),
  },
});

function writtenTerms(
  record: WireRecord,
  sent: { readonly canonical: string; readonly digest: string; readonly startsAt: Instant },
): TermsRecord {
  const terms = termsOf(record);
  const kept =
    terms?.canonical === sent.canonical &&
    terms.digest === sent.digest &&
    terms.startsAt === sent.startsAt;
  if (kept) return terms;
  const message = `leeway_terms record ${record.id} does not hold what was sent`;
  throw new HelpdeskError('malformed-response', message);
}
