import { createHmac, timingSafeEqual } from 'node:crypto';
import { type Instant, instantFromIso, MINUTE } from '#domain/instant.ts';

/** How old a delivery may be, and how far ahead of our clock: clocks differ in both directions. */
export const AGE_LIMIT_MS = 5 * MINUTE;

export type Verification =
  | {
      readonly ok: true;
      readonly sentAt: Instant;
      /** The same for the same delivery, however its signature was written. */
      readonly fingerprint: string;
    }
  | { readonly ok: false; readonly why: 'unsigned' | 'bad-signature' | 'too-old' | 'too-early' };

/**
 * Checks that Zendesk sent this body lately. Zendesk signs with base64 of HMAC-SHA256, under the
 * webhook's secret, over the timestamp header followed by the body, byte by byte.
 */
export function verify(
  delivery: {
    readonly signature: string | undefined;
    readonly timestamp: string | undefined;
    readonly body: Buffer;
  },
  secret: string,
  now: Instant,
): Verification {
  const { signature, timestamp, body } = delivery;
  if (signature === undefined || timestamp === undefined) return { ok: false, why: 'unsigned' };
  const expected = createHmac('sha256', secret).update(timestamp).update(body).digest();
  const given = Buffer.from(signature, 'base64');
  // The length is no secret; the comparison takes as long wherever the first difference is.
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    return { ok: false, why: 'bad-signature' };
  }
  const sentAt = instantFromIso(timestamp);
  if (sentAt === null) return { ok: false, why: 'unsigned' };
  if (now - sentAt > AGE_LIMIT_MS) return { ok: false, why: 'too-old' };
  if (sentAt - now > AGE_LIMIT_MS) return { ok: false, why: 'too-early' };
  return { ok: true, sentAt, fingerprint: expected.toString('base64') };
}
