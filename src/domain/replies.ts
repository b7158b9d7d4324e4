import { type Audit, REPLY_CHANNELS } from './audit.ts';
import type { Credit } from './credit.ts';
import type { AuditId, UserId } from './ids.ts';
import type { Instant } from './instant.ts';
import { parseReply, type Reply, repliesWithAmount } from './reply.ts';

/** A private reply that decides a credit, once an event cites it. */
export interface CitableReply {
  readonly audit: AuditId;
  readonly by: UserId;
  readonly at: Instant;
  readonly credit: Credit;
  readonly reply: Reply;
}

/** Why an answer that looks like a decision is none. One translation each. */
export type NearMissCode =
  | 'public'
  | 'by-mail'
  | 'other-channel'
  | 'spoofed'
  | 'not-first-line'
  | 'unknown-code'
  | 'shared-code'
  | 'wrong-amount'
  | 'by-maker'
  | 'too-early';

/** Somebody answered, but not so that it counts: said in the sidebar, so that they can do it right. */
export interface NearMiss {
  readonly code: NearMissCode;
  readonly audit: AuditId;
  readonly by: UserId | null;
  readonly at: Instant;
  /** The credit that was probably meant; null when none can be named. */
  readonly credit: Credit | null;
}

/**
 * Reads a ticket's comments for decisions by reply on the credits that wait. Whether the author may
 * decide is for the fold to say, by the facts of the event that cites the reply.
 * @param credits of the same audits' fold
 */
export function readReplies(
  audits: readonly Audit[],
  credits: readonly Credit[],
): { readonly citable: readonly CitableReply[]; readonly nearMisses: readonly NearMiss[] } {
  const citable: CitableReply[] = [];
  const nearMisses: NearMiss[] = [];
  const waiting = credits.filter(
    ({ state }) => state.kind === 'open' || (state.kind === 'void' && state.why === 'expired'),
  );
  if (waiting.length === 0) return { citable, nearMisses };
  for (const audit of audits) {
    // A note that the app wrote is no reply: its event stands in the metadata.
    if (!audit.comment || audit.leeway !== undefined || audit.creates) continue;
    const reading = readOne(audit, audit.comment, waiting);
    if (reading && 'reply' in reading) citable.push(reading);
    else if (reading) nearMisses.push(reading);
  }
  return { citable, nearMisses };
}

function readOne(
  audit: Audit,
  comment: NonNullable<Audit['comment']>,
  waiting: readonly Credit[],
): CitableReply | NearMiss | null {
  const reply = parseReply(comment.text);
  const meant = waiting.filter(({ code }) => code === (reply?.code ?? mentionedCode(comment.text)));
  const [credit = null] = meant;
  const miss = (code: NearMissCode): NearMiss => ({
    code,
    audit: audit.id,
    by: audit.author,
    at: audit.at,
    credit,
  });
  if (!reply) return credit && laterLineDecides(comment.text) ? miss('not-first-line') : null;
  if (!credit) return miss('unknown-code');
  if (audit.at < credit.requestedAt) return miss('too-early');
  if (audit.channel === 'email') return miss('by-mail');
  if (!REPLY_CHANNELS.has(audit.channel)) return miss('other-channel');
  if (audit.author === null || comment.author !== audit.author) return miss('spoofed');
  if (comment.public) return miss('public');
  // Judged as the fold does: only credits that wait at the citation share a code.
  if (meant.filter(({ state }) => state.kind === 'open').length > 1) return miss('shared-code');
  if (audit.author === credit.offer.maker) return miss('by-maker');
  const counted = credit.timeline.some(
    ({ type, by, at }) => type === reply.verdict && by === audit.author && at === audit.at,
  );
  if (counted) return null;
  const { amount } = credit.offer;
  if (
    reply.verdict === 'approve' &&
    !repliesWithAmount(reply.amount, amount.minor, amount.currency)
  ) {
    return miss('wrong-amount');
  }
  return { audit: audit.id, by: audit.author, at: audit.at, credit, reply };
}

const decision = /^[\s>|*-]*(?:approve|decline)\s+(LW-[2-9A-Z]{6})\b/im;

const mentionedCode = (text: string): string | undefined =>
  decision.exec(text.normalize('NFKC'))?.[1]?.toUpperCase();

/** A decision that stands further down, and is nobody's quotation. */
const laterLineDecides = (text: string): boolean =>
  text
    .split(/\r?\n/)
    .slice(1)
    .some((line) => decision.test(line) && !/^\s*[>|]/.test(line));
