import { canonicalJson, type Digest, digestOf } from './canonical.ts';
import type { CreditId, TicketId, UserId } from './ids.ts';
import type { Money } from './money.ts';

/** What a maker asks for. */
export interface Offer {
  readonly credit: CreditId;
  readonly ticket: TicketId;
  readonly customer: UserId;
  readonly maker: UserId;
  readonly amount: Money;
  /** Key of a reason in the settings, such as `late-delivery`. */
  readonly reason: string;
  readonly note: string;
  /** Why a guideline does not fit here; empty when the credit is no exception. */
  readonly exception: string;
}

/** What an approval binds to: SHA-256 over the offer's canonical JSON. */
export const offerDigest = (offer: Offer): Digest =>
  digestOf(
    canonicalJson({
      amount_minor: offer.amount.minor,
      credit: offer.credit,
      currency: offer.amount.currency,
      customer: offer.customer,
      exception: offer.exception,
      maker: offer.maker,
      note: offer.note,
      reason: offer.reason,
      ticket: offer.ticket,
    }),
  );

// Without 0 O 1 I L U: a code is read aloud and typed on phones.
const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** `LW-` and six characters from the digest: what people call a credit, and what a reply names. */
export function creditCode(digest: Digest): string {
  // 48 bits are exact in a number; 30^6 is below 2^30.
  let rest = Number.parseInt(digest.slice(0, 12), 16);
  let code = '';
  for (let place = 0; place < 6; place += 1) {
    code += alphabet.charAt(rest % alphabet.length);
    rest = Math.floor(rest / alphabet.length);
  }
  return `LW-${code}`;
}
