import type { Zendesk } from '#simulator/zendesk.ts';
import type { CustomObjectRecord } from '#simulator/state.ts';
import { periodKey } from './calendar.ts';
import { judge } from './decision.ts';
import { type CheckedCredit, lifeAt, type Signer } from './ledger.ts';
import type { Ledgers } from './ledgers.ts';
import { type CheckedTerms, groupsOf, type TermsEntry, tierOf, usable } from './terms-record.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const CROSSING = 10 * MINUTE;
/** A slot's journal may come ten minutes after it; five more for good measure. */
const SETTLED_AFTER = 15 * MINUTE;

/** By `{ticket}/{credit}`: the verdict, and the codes of what is against it in alphabetical order. */
export type Verdicts = ReadonlyMap<string, string>;

interface Case {
  readonly zendesk: Zendesk;
  readonly ledgers: Ledgers;
  /** What was written up to then counts as seen. */
  readonly asOf: number;
  /** When the journals are read: what expired by then is over. */
  readonly readAt: number;
  /**
   * Leaves out tickets that name terms which were altered or published anew later: what they hold is
   * another sum than anybody could know before.
   */
  readonly knowable?: boolean;
}

const made = ({ request }: CheckedCredit): number => Date.parse(request.slot.created_at);
const keyOf = ({ request }: CheckedCredit): string => request.slot.key;
const numberIn = (key: string): number => Number(key.split('/')[2]);
const budgetIn = (key: string): string => key.split('/').slice(0, 2).join('/');
const amountOf = ({ request }: CheckedCredit): number => request.offer.amount_minor;
const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** When its money was in the budget again. */
function returned({ life, endedAt, expires, frozen }: CheckedCredit): number {
  if (life === 'posted' || life === 'reversed-late') return Infinity;
  if (life === 'open') return frozen ? Infinity : expires;
  return endedAt ?? expires;
}

const takenBack = (credit: CheckedCredit): number =>
  credit.life === 'reversed-late' ? (credit.endedAt ?? 0) : returned(credit);

const earlier = (one: CheckedCredit, other: CheckedCredit): number =>
  one.at - other.at || one.audit - other.audit;

const claimedBefore = (one: CheckedCredit, other: CheckedCredit): boolean =>
  (made(one) - made(other) ||
    numberIn(keyOf(one)) - numberIn(keyOf(other)) ||
    earlier(one, other)) < 0;

/** DESIGN.md sections 2 to 4, all journals together: what may be paid, and what is against it. */
export function settlementOf(theCase: Case): Verdicts {
  const { zendesk, ledgers } = theCase;
  const there = (ticket: string): boolean => zendesk.state.tickets[ticket]?.deleted !== true;
  const known = (ticket: string): boolean => !theCase.knowable || !ledgers.of(ticket).murky;
  const credits = ledgers.credits().filter(({ ticket }) => there(ticket) && known(ticket));
  credits.sort(earlier);
  const slots = Object.values(zendesk.state.records['leeway_credit'] ?? {}).filter(
    ({ external_id: id }) => !id?.startsWith('probe/'),
  );
  const judging = new Judging(theCase, credits, slots);
  return new Map(
    credits.map((credit) => [`${credit.ticket}/${credit.id}`, judging.verdict(credit)]),
  );
}

class Judging {
  readonly #case: Case;
  readonly #credits: readonly CheckedCredit[];
  readonly #slots: readonly CustomObjectRecord[];
  readonly #terms: readonly TermsEntry[];

  constructor(
    theCase: Case,
    credits: readonly CheckedCredit[],
    slots: readonly CustomObjectRecord[],
  ) {
    this.#case = theCase;
    this.#credits = credits;
    this.#slots = slots;
    this.#terms = theCase.ledgers.terms();
  }

  verdict(credit: CheckedCredit): string {
    const { asOf, readAt } = this.#case;
    const life = lifeAt(credit, readAt);
    if (life !== 'open' && life !== 'posted') return 'ended';
    const against = new Set([
      ...this.#affirmed(credit),
      ...(life === 'posted' ? this.#againstPosted(credit) : []),
    ]);
    if (against.size > 0) return `not-payable: ${[...against].sort().join(' ')}`;
    if (life === 'open') return 'waiting';
    const from = Math.max(credit.holdUntil, made(credit) + SETTLED_AFTER);
    return from <= asOf ? 'payable' : 'held';
  }

  #affirmed(credit: CheckedCredit): string[] {
    if (credit.frozen === 'newer') return ['newer-version'];
    const named = [credit.request.terms, ...credit.signers.map(({ event }) => event.terms)];
    const affirmed = named.every(({ number }) =>
      this.#terms.some((entry) => entry.number === number && entry.affirmed),
    );
    return credit.frozen === 'terms' || !affirmed ? ['terms-to-affirm'] : [];
  }

  #againstPosted(credit: CheckedCredit): string[] {
    const against: string[] = [];
    const same = this.#credits.filter(({ id }) => id === credit.id);
    if (same[0] !== credit) against.push('credit-repeated');
    const onSlot = this.#credits.filter((one) => keyOf(one) === keyOf(credit));
    const use = usable(this.#terms, credit.request.terms, credit.at);
    const terms = use.ok ? use.terms : null;
    if (onSlot[0] === credit) against.push(...this.#slot(credit, terms));
    else against.push('slot-shared');
    if (terms) against.push(...this.#limits(credit, terms));
    against.push(...this.#people(credit, terms));
    return against;
  }

  #slot(credit: CheckedCredit, terms: CheckedTerms | null): string[] {
    const slot = this.#slots.find(({ external_id: id }) => id === keyOf(credit));
    if (!slot) return ['slot-missing'];
    const born = Date.parse(slot.created_at);
    if (born > credit.at + MINUTE) return ['slot-replaced'];
    const against: string[] = [];
    const period = terms ? periodKey(born, terms) : keyOf(credit).split('/')[0];
    const seconds = (ms: number): number => Math.floor(ms / 1000);
    if (period !== keyOf(credit).split('/')[0]) against.push('slot-other-period');
    else if (seconds(born) !== seconds(made(credit))) against.push('slot-other-time');
    const { offer } = credit.request;
    const fields = slot.custom_object_fields;
    const says: readonly (readonly [string, unknown])[] = [
      ['credit_id', credit.id],
      ['ticket', offer.ticket],
      ['maker', offer.maker],
      ['customer', offer.customer],
      ['amount_minor', offer.amount_minor],
      ['currency', offer.currency],
    ];
    if (says.some(([field, value]) => fields[field] !== value)) against.push('slot-changed');
    if (fields['status'] !== 'leeway_posted' && fields['status'] !== 'leeway_reserved') {
      against.push('slot-freed');
    }
    return against;
  }

  #limits(credit: CheckedCredit, own: CheckedTerms): string[] {
    const signed = credit.signers.flatMap(({ event }) => {
      const terms = this.#terms.find(({ number }) => number === event.terms.number)?.terms;
      return terms ? [terms] : [];
    });
    const byLead = credit.signers.filter(({ as }) => as === 'lead');
    const against: string[] = [];
    const over = Math.max(
      ...[own, ...signed].map((terms, place) => this.#overrun(credit, terms, place > 0)),
    );
    const named = Math.max(-1, ...byLead.map(({ event }) => event.overrun ?? 0));
    if (over > 0 && named < over) against.push('over-budget');
    if (byLead.length > 0) return against;
    const cap = this.#overCap(credit, [own, ...signed]);
    if (cap) against.push(cap);
    for (const signer of credit.signers) {
      const pair = this.#pair(credit, signer);
      if (pair) against.push(pair);
    }
    return against;
  }

  #overrun(credit: CheckedCredit, terms: CheckedTerms, atApproval: boolean): number {
    const before = this.#credits.filter(
      (one) =>
        budgetIn(keyOf(one)) === budgetIn(keyOf(credit)) &&
        one !== credit &&
        claimedBefore(one, credit) &&
        returned(one) > made(credit),
    );
    const used = sum(before.map(amountOf)) + this.#lostBefore(credit);
    const { request } = credit;
    const truth = { ...request, facts: { ...request.facts, budget_used: used, customer_used: 0 } };
    return judge(truth, credit.before, terms, atApproval).overrun;
  }

  /** A deleted ticket took its journal along; its slot still holds what it says. */
  #lostBefore(credit: CheckedCredit): number {
    const { state } = this.#case.zendesk;
    const holding = ['leeway_reserved', 'leeway_posted', 'leeway_reversed_late'];
    return sum(
      this.#slots
        .filter(
          ({ external_id: key, created_at: born, custom_object_fields: fields }) =>
            key !== null &&
            budgetIn(key) === budgetIn(keyOf(credit)) &&
            Date.parse(born) < made(credit) &&
            state.tickets[String(fields['ticket'])]?.deleted === true &&
            holding.includes(String(fields['status'])) &&
            !this.#credits.some((one) => keyOf(one) === key),
        )
        .map(({ custom_object_fields: fields }) => Number(fields['amount_minor'])),
    );
  }

  #overCap(credit: CheckedCredit, all: readonly CheckedTerms[]): string | null {
    const { offer } = credit.request;
    const breaks = (until: number): boolean =>
      all.some((terms) => {
        const others = this.#credits.filter(
          (one) =>
            one !== credit &&
            one.request.offer.customer === offer.customer &&
            one.request.offer.currency === offer.currency &&
            earlier(one, credit) < 0 &&
            one.at < until &&
            one.at > credit.at - terms.capDays * DAY &&
            takenBack(one) > credit.at,
        );
        const held = Math.max(sum(others.map(amountOf)), credit.before.recent);
        return held + offer.amount_minor > terms.cap;
      });
    if (!breaks(Infinity)) return null;
    return breaks(credit.at - CROSSING) ? 'over-customer-cap' : 'crossed';
  }

  #writtenAt(credit: CheckedCredit, signer: Signer): number {
    const audits = this.#case.zendesk.state.audits[credit.ticket] ?? [];
    return Date.parse(audits.find(({ id }) => id === signer.audit)?.created_at ?? '');
  }

  #pair(credit: CheckedCredit, signer: Signer): string | null {
    const terms = this.#terms.find(({ number }) => number === signer.event.terms.number)?.terms;
    if (!terms || terms.pairLimit === 0) return null;
    const period = periodKey(signer.at, terms);
    const written = this.#writtenAt(credit, signer);
    const times = this.#credits.flatMap((one) => {
      const mine =
        one !== credit &&
        one.request.offer.maker === credit.request.offer.maker &&
        keyOf(one).split('/')[0] === period &&
        returned(one) > written;
      const other = mine ? one.signers.find(({ by }) => by === signer.by) : undefined;
      if (!other) return [];
      const at = this.#writtenAt(one, other);
      return at < written || (at === written && other.audit < signer.audit) ? [at] : [];
    });
    if (times.length < terms.pairLimit) return null;
    const known = times.filter((at) => at < written - CROSSING);
    return known.length < terms.pairLimit ? 'crossed' : 'pair-limit';
  }

  #people(credit: CheckedCredit, terms: CheckedTerms | null): string[] {
    const fit = (id: string): boolean => {
      const user = this.#case.zendesk.state.users[id];
      const works = user?.role === 'agent' || user?.role === 'admin';
      const light = user?.role === 'agent' && (user.role_type === 1 || user.role_type === 3);
      return works && !light && user.active && !user.suspended;
    };
    const against: string[] = [];
    const leads = credit.signers.filter(({ as }) => as === 'lead');
    const needed = leads.length > 0 ? leads : credit.signers;
    if (needed.some(({ by }) => !fit(by))) against.push('signer-unfit');
    const { maker } = credit.request.offer;
    if (!fit(maker)) against.push('maker-unfit');
    if (terms && this.#stricterToday(credit, terms)) against.push('tier-differs');
    return against;
  }

  #stricterToday({ request, before }: CheckedCredit, terms: CheckedTerms): boolean {
    const { state } = this.#case.zendesk;
    const user = state.users[request.offer.maker];
    if (request.facts.tier === null || !user) return false;
    const groups = groupsOf(state, request.offer.maker);
    const tier = tierOf(terms, { tags: user.tags, groups })?.key ?? null;
    const bandIn = (one: string | null): number =>
      ['self', 'peer', 'lead', 'refused'].indexOf(
        judge({ ...request, facts: { ...request.facts, tier: one } }, before, terms, false).band,
      );
    return bandIn(tier) > bandIn(request.facts.tier);
  }
}
