import { type Instant, isoFromInstant } from '#domain/instant.ts';
import type { TermsRecord } from '#domain/terms.ts';
import { HelpdeskError } from './errors.ts';
import type { NewTermsRecord, PublishedTerms } from './helpdesk.ts';
import { createRecord, updateRecord } from './record-writes.ts';
import { readByExternalIds, type RecordDraft, type WireRecord } from './records.ts';
import type { RecordAccess } from './slots.ts';
import { TERMS_OBJECT, termsOf } from './terms-records.ts';

export async function publishTerms(
  { transport, clock }: RecordAccess,
  terms: NewTermsRecord,
): Promise<PublishedTerms> {
  const draft = draftOf(terms);
  const outcome = await createRecord(transport, TERMS_OBJECT, String(terms.number), draft);
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
  const [existing] = await readByExternalIds(transport, TERMS_OBJECT, [externalId]);
  if (existing) {
    return writtenTerms(await updateRecord(transport, TERMS_OBJECT, existing.id, draft), terms);
  }
  const outcome = await createRecord(transport, TERMS_OBJECT, externalId, draft);
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
