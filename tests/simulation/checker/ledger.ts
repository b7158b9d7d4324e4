import type { Audit } from '#simulator/state.ts';
import { periodKey } from './calendar.ts';
import { canonical, codeOf, sha256 } from './canonical-json.ts';
import { type Before, judge, stricter } from './decision.ts';
import { journalIn, type RawEvent, type RawRequest, type RawVerdict } from './journal.ts';
import { DIGITS, replyLine, saysAmount } from './reply-text.ts';
import {
  type CheckedTerms,
  inForceAt,
  type TermsEntry,
  type Usable,
  usable,
} from './terms-record.ts';

export type Life =
  | 'open'
  | 'posted'
  | 'withdrawn'
  | 'declined'
  | 'expired'
  | 'closed'
  | 'reversed'
  | 'reversed-late';

export interface Signer {
  readonly by: string;
  readonly as: string;
  readonly audit: number;
  readonly at: number;
  readonly cited: boolean;
  readonly event: RawVerdict;
}

/** A credit as the raw audits prove it, by DESIGN.md. */
export interface CheckedCredit {
  readonly id: string;
  readonly ticket: string;
  readonly digest: string;
  readonly code: string;
  readonly request: RawRequest;
  readonly audit: number;
  readonly at: number;
  expires: number;
  /** The terms it was made under; null: nobody can know them. */
  readonly terms: CheckedTerms | null;
  band: string;
  needed: number;
  overrun: number;
  before: Before;
  readonly asked: Set<string>;
  readonly signers: Signer[];
  declinedBy: string | null;
  life: Life;
  postedAt: number | null;
  postedAudit: number | null;
  endedAt: number | null;
  holdUntil: number;
  frozen: 'terms' | 'newer' | null;
}

/** Something in the journal that counts for nothing. */
export interface Ignored {
  readonly audit: number;
  readonly type: string;
  readonly credit: string | null;
  /** It changes nothing and nobody need be told. */
  readonly quiet: boolean;
}

export interface CheckedLedger {
  readonly credits: ReadonlyMap<string, CheckedCredit>;
  readonly ignored: readonly Ignored[];
  /** Ids of events that counted, with their audits. */
  readonly counted: ReadonlyMap<string, number>;
  /**
   * It names terms that were altered or deleted. What they said only those clients know that had seen
   * them, so what each shows may differ until an admin affirms them. Or an admin affirmed another text
   * than was named: what was done under that one, and told as done, counts for nothing since.
   */
  readonly murky: boolean;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SLOT_LIFE = 10 * 60_000;

const time = (audit: Audit): number => Date.parse(audit.created_at);

/** What it is at that moment: what waits too long has expired. */
export const lifeAt = (credit: CheckedCredit, at: number): Life =>
  credit.life === 'open' && credit.frozen === null && credit.expires <= at
    ? 'expired'
    : credit.life;

export const holds = (life: Life): boolean => life === 'open' || life === 'posted';

const digestOfOffer = (request: RawRequest): string =>
  sha256(canonical({ ...request.offer, credit: request.credit }));

type Verdict = 'counts' | 'quiet' | 'refused';

/** Reads one ticket's audits, oldest first. Expiry at the end is the caller's: see {@link lifeAt}. */
export function readLedger(
  ticket: string,
  audits: readonly Audit[],
  history: readonly TermsEntry[],
): CheckedLedger {
  const credits = new Map<string, CheckedCredit>();
  const counted = new Map<string, number>();
  const citedReplies = new Set<string>();
  const ignored: Ignored[] = [];
  // A number made anew after a higher one: until when the terms before it held cannot be known.
  const anew = history.filter(({ made }, index) =>
    history.slice(index + 1).some((higher) => higher.made < made),
  );
  let murky = audits.some(
    (audit) =>
      audit.metadata.custom['leeway'] !== undefined && anew.some(({ made }) => time(audit) < made),
  );
  let customer: string | null = null;
  let closed = false;

  audits.forEach((audit, index) => {
    for (const event of audit.events) {
      if (event.type !== 'Create' && event.type !== 'Change') continue;
      if (event.field_name === 'requester_id') customer = String(event.value);
      if (event.field_name === 'status' && event.value === 'closed') closed = true;
    }
    if (closed) endOpen(time(audit));
    readAudit(audit, index === 0);
    if (closed) endOpen(time(audit));
  });

  function endOpen(at: number): void {
    for (const credit of credits.values()) {
      if (credit.life !== 'open' || credit.frozen) continue;
      credit.endedAt = Math.min(at, credit.expires);
      credit.life = credit.expires <= at ? 'expired' : 'closed';
    }
  }

  function readAudit(audit: Audit, first: boolean): void {
    const journal = journalIn(audit);
    if (journal.kind === 'none') return;
    const whole = (quiet: boolean, type = 'audit', credit: string | null = null): void => {
      ignored.push({ audit: audit.id, type, credit, quiet });
    };
    const creates = first || audit.events.some(({ type }) => type === 'Create');
    const channel = audit.via.channel === 'web' || audit.via.channel === 'api';
    const comments = audit.events.filter((event) => event.type === 'Comment');
    const borrowed = comments.some((comment) => comment.author_id !== audit.author_id);
    if (creates || !channel || borrowed || audit.author_id < 0) {
      whole(false);
      return;
    }
    if (journal.kind === 'unreadable') {
      whole(false);
      return;
    }
    if (journal.kind === 'newer') {
      let unheard = journal.credits.length === 0;
      for (const id of journal.credits) {
        const credit = credits.get(id);
        if (!credit) unheard = true;
        else freeze(credit, time(audit), 'newer');
      }
      if (unheard) whole(false, 'newer');
      return;
    }
    for (const event of journal.events) {
      if (event === null) {
        whole(false, 'unreadable');
        continue;
      }
      if (counted.has(event.id)) {
        whole(true, event.type, event.credit);
        continue;
      }
      const verdict = apply(event, audit);
      if (verdict === 'counts') counted.set(event.id, audit.id);
      else whole(verdict === 'quiet', event.type, event.credit);
    }
  }

  function freeze(credit: CheckedCredit, at: number, why: 'terms' | 'newer'): void {
    if (lifeAt(credit, at) === 'expired') {
      credit.life = 'expired';
      credit.endedAt = credit.expires;
    }
    credit.frozen = why;
  }

  function apply(event: RawEvent, audit: Audit): Verdict {
    if (event.type === 'request') return request(event as RawRequest, audit);
    const credit = credits.get(event.credit);
    if (!credit) return 'refused';
    if (credit.frozen) return 'quiet';
    const by = String(audit.author_id);
    const at = time(audit);
    switch (event.type) {
      case 'ask':
        return ask(credit, event, by, at);
      case 'withdraw':
        if (by !== credit.request.offer.maker || lifeAt(credit, at) !== 'open') return 'refused';
        credit.life = 'withdrawn';
        credit.endedAt = at;
        return 'counts';
      case 'reverse':
        return reverse(credit, event, by, at);
      default:
        return verdict(credit, event as RawVerdict, audit);
    }
  }

  function request(event: RawRequest, audit: Audit): Verdict {
    const { offer, slot } = event;
    const by = String(audit.author_id);
    const at = time(audit);
    const made = Date.parse(slot.created_at);
    const [, slotMaker] = slot.key.split('/');
    const slotTaken = [...credits.values()].some((other) => other.request.slot.key === slot.key);
    const fits =
      !credits.has(event.credit) &&
      offer.maker === by &&
      offer.ticket === ticket &&
      offer.customer !== by &&
      offer.customer === customer &&
      slotMaker === by &&
      at <= made + SLOT_LIFE &&
      // A record and an audit may be stamped by two machines.
      at >= made - 60_000 &&
      !slotTaken;
    if (!fits) return 'refused';
    const found = use(event.terms, at);
    const digest = digestOfOffer(event);
    const credit: CheckedCredit = {
      id: event.credit,
      ticket,
      digest,
      code: codeOf(digest),
      request: event,
      audit: audit.id,
      at,
      expires: at + event.expires_in_hours * HOUR,
      terms: found.ok ? found.terms : null,
      band: event.band,
      needed: 0,
      overrun: 0,
      before: { held: 0, recent: 0, declined: false },
      asked: new Set(event.asked),
      signers: [],
      declinedBy: null,
      life: 'open',
      postedAt: null,
      postedAudit: null,
      endedAt: null,
      holdUntil: 0,
      frozen: null,
    };
    if (!found.ok) {
      if (!found.unknowable && !found.otherDigest) return 'refused';
      murky = true;
      // Nobody can say what its limits were: it holds its money until an admin affirms them.
      credits.set(event.credit, { ...credit, frozen: 'terms' });
      return 'counts';
    }
    const { terms } = found;
    const period = periodKey(made, terms);
    if (!slot.key.startsWith(`${period}/`)) return 'refused';
    credit.before = before(offer.customer, at, terms.capDays, null);
    const judged = judge(event, credit.before, terms, false);
    credit.band = stricter(event.band, judged.band);
    if (credit.band === 'refused') return 'refused';
    credit.overrun = judged.overrun;
    credit.needed = credit.band === 'self' ? 0 : terms.cosigners;
    credit.expires = at + Math.min(event.expires_in_hours, terms.expiryHours) * HOUR;
    if (credit.band === 'self') post(credit, at, audit.id);
    credits.set(event.credit, credit);
    return 'counts';
  }

  function use(named: { number: number; digest: string }, at: number): Usable {
    const found = usable(history, named, at);
    murky ||= !found.ok && (found.unknowable || found.affirmedSince);
    return found;
  }

  function post(credit: CheckedCredit, at: number, audit: number, hold = credit.terms): void {
    credit.life = 'posted';
    credit.postedAt = at;
    credit.postedAudit = audit;
    credit.holdUntil = at + (hold?.holdHours ?? 0) * HOUR;
  }

  function before(of: string, at: number, capDays: number, without: CheckedCredit | null): Before {
    let held = 0;
    let recent = 0;
    let declined = false;
    for (const credit of credits.values()) {
      if (credit === without || credit.request.offer.customer !== of) continue;
      const life = lifeAt(credit, at);
      if (holds(life)) held += credit.request.offer.amount_minor;
      if (holds(life) && credit.at > at - capDays * DAY) {
        recent += credit.request.offer.amount_minor;
      }
      declined ||= credit.declinedBy !== null && credit.postedAt === null;
    }
    return { held, recent, declined };
  }

  function ask(credit: CheckedCredit, event: RawEvent, by: string, at: number): Verdict {
    if (lifeAt(credit, at) !== 'open') return 'refused';
    const leads = inForceAt(history, at)?.terms?.leads ?? [];
    const mayAsk = by === credit.request.offer.maker || credit.asked.has(by) || leads.includes(by);
    if (!mayAsk) return 'refused';
    for (const person of event['asked'] as string[]) credit.asked.add(person);
    return 'counts';
  }

  function reverse(credit: CheckedCredit, event: RawEvent, by: string, at: number): Verdict {
    if (credit.life === 'reversed' || credit.life === 'reversed-late') return 'quiet';
    if (credit.life !== 'posted' || String(event['reason']).trim() === '') return 'refused';
    const late = at >= credit.holdUntil;
    if (event['as'] === 'maker') {
      if (by !== credit.request.offer.maker || late) return 'refused';
    } else {
      const found = use(event['terms'] as { number: number; digest: string }, at);
      if (!found.ok || !found.terms.leads.includes(by)) return 'refused';
    }
    credit.life = late ? 'reversed-late' : 'reversed';
    credit.endedAt = at;
    return 'counts';
  }

  function verdict(credit: CheckedCredit, event: RawVerdict, audit: Audit): Verdict {
    const { offer } = credit.request;
    let by = String(audit.author_id);
    let at = time(audit);
    if (event.cites) {
      const cited = event.cites.audit;
      if (citedReplies.has(cited)) return 'quiet';
      const reply = audits.find(({ id }) => String(id) === cited);
      if (!reply || !isReply(reply, audit, credit, event)) return 'refused';
      by = String(reply.author_id);
      at = time(reply);
    }
    if (event.digest !== credit.digest) return 'refused';
    const outcome =
      event.type === 'approve'
        ? approve(credit, event, by, at, audit, offer)
        : decline(credit, event, by, at, time(audit), offer);
    if (outcome === 'counts' && event.cites) citedReplies.add(event.cites.audit);
    return outcome;
  }

  function isReply(reply: Audit, citing: Audit, credit: CheckedCredit, event: RawVerdict): boolean {
    const position = (one: Audit): number => audits.indexOf(one);
    const comment = reply.events.find((one) => one.type === 'Comment');
    if (!comment || comment.public || comment.author_id !== reply.author_id) return false;
    if (position(reply) >= position(citing) || time(reply) < credit.at) return false;
    if (!['web', 'api', 'mobile'].includes(reply.via.channel)) return false;
    if (reply.events.some(({ type }) => type === 'Create') || position(reply) === 0) return false;
    const line = replyLine(comment.plain_body);
    if (line?.verdict !== event.type || line.code !== credit.code) return false;
    const shared = [...credits.values()].some(
      (other) =>
        other !== credit && other.code === credit.code && lifeAt(other, time(reply)) === 'open',
    );
    if (shared) return false;
    const { amount_minor: minor, currency } = credit.request.offer;
    return event.type === 'approve'
      ? saysAmount(line.rest, minor, DIGITS[currency] ?? 2)
      : line.rest === event.reason;
  }

  function approve(
    credit: CheckedCredit,
    event: RawVerdict,
    by: string,
    at: number,
    audit: Audit,
    offer: RawRequest['offer'],
  ): Verdict {
    if (credit.life === 'posted') return 'quiet';
    if (lifeAt(credit, at) !== 'open') return 'refused';
    const role = event.facts?.role;
    if (by === offer.maker || by === offer.customer) return 'refused';
    if ((role !== 'agent' && role !== 'admin') || customer !== offer.customer) return 'refused';
    const found = use(event.terms, at);
    if (!found.ok) {
      if (found.unknowable) credit.frozen = 'terms';
      return 'refused';
    }
    const { terms } = found;
    const judged = judge(credit.request, beforeNow(credit, time(audit), terms), terms, true);
    const band = stricter(
      credit.band,
      credit.declinedBy === null ? judged.band : stricter('lead', judged.band),
    );
    if (band === 'refused') return 'refused';
    const needed = Math.max(credit.needed, terms.cosigners);
    if (event.as === 'lead') {
      if (!terms.leads.includes(by)) return 'refused';
      if ((event.overrun ?? 0) < Math.max(credit.overrun, judged.overrun)) return 'refused';
    } else {
      if (band === 'lead') return 'refused';
      if (terms.pairLimit > 0 && (event.facts?.pair_count ?? 0) >= terms.pairLimit) {
        return 'refused';
      }
      if (credit.signers.some((signer) => signer.by === by)) return 'quiet';
    }
    credit.needed = needed;
    credit.signers.push({
      by,
      as: event.as,
      audit: audit.id,
      at,
      cited: event.cites !== undefined,
      event,
    });
    if (event.as === 'lead' || credit.signers.length >= needed) {
      const own = use(credit.request.terms, credit.at);
      post(credit, time(audit), audit.id, own.ok ? own.terms : terms);
    }
    return 'counts';
  }

  /** A reply in time may be cited when others were judged without the credit: then it is judged with them. */
  function beforeNow(credit: CheckedCredit, at: number, terms: CheckedTerms): Before {
    if (lifeAt(credit, at) !== 'expired') return credit.before;
    const now = before(credit.request.offer.customer, at, terms.capDays, credit);
    return {
      held: Math.max(credit.before.held, now.held),
      recent: Math.max(credit.before.recent, now.recent),
      declined: credit.before.declined || now.declined,
    };
  }

  function decline(
    credit: CheckedCredit,
    event: RawVerdict,
    by: string,
    at: number,
    written: number,
    offer: RawRequest['offer'],
  ): Verdict {
    if (lifeAt(credit, at) !== 'open' || (event.reason ?? '').trim() === '') return 'refused';
    if (by === offer.maker || by === offer.customer) return 'refused';
    if (event.as === 'lead') {
      const found = use(event.terms, at);
      if (!found.ok) {
        if (found.unknowable) credit.frozen = 'terms';
        return 'refused';
      }
      if (!found.terms.leads.includes(by)) return 'refused';
      credit.life = 'declined';
      credit.endedAt = written;
    } else {
      if (!credit.asked.has(by)) return 'refused';
      if (credit.declinedBy !== null) return 'quiet';
    }
    credit.declinedBy ??= by;
    return 'counts';
  }

  return { credits, ignored, counted, murky };
}
