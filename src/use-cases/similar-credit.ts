import type { Credit } from '#domain/credit.ts';
import { DAY, type Instant, plus } from '#domain/instant.ts';
import type { HeldCredit } from './maker-facts.ts';

const LATELY = 14 * DAY;

/** The latest credit of the customer's that one of this reason looks like, given shortly before. */
export const similarCredit = (
  held: readonly HeldCredit[],
  reason: string,
  before: Instant,
): HeldCredit | undefined =>
  held.findLast((credit) => credit.reason === reason && isLately(credit, before));

/** The same for a credit that waits: what a co-signer should know, whoever gave the other. */
export const similarToCredit = (
  held: readonly HeldCredit[],
  { offer, requestedAt }: Credit,
): HeldCredit | undefined =>
  similarCredit(
    held.filter(({ at }) => at < requestedAt),
    offer.reason,
    requestedAt,
  );

const isLately = ({ at }: HeldCredit, before: Instant): boolean => at > plus(before, -LATELY);
