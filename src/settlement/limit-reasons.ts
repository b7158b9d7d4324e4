import { type Minor, plainAmount } from '#domain/money.ts';
import { decide } from '#domain/policy.ts';
import { type Terms, type TermsHistory, termsUsable } from '#domain/terms.ts';
import { type Reason, reason } from './reason.ts';
import type { Remark } from './settled-credit.ts';
import type { ProvenCredit, ProvenSignature } from './ticket-proof.ts';
import { budgetUsed, customerUsed, type LostSlot, pairSigns } from './true-facts.ts';

/** All credits that a credit is summed up with, itself among them. */
export interface Around {
  readonly ofPeriod: readonly ProvenCredit[];
  readonly lost: readonly LostSlot[];
  readonly ofCustomer: readonly ProvenCredit[];
  readonly ofMaker: readonly ProvenCredit[];
}

/** Some terms that a credit is judged by: those of its request, and those of each approval. */
interface Measure {
  readonly terms: Terms;
  readonly judged: 'request' | 'approval';
}

/** The terms of the request; null where nobody can know them. */
export function requestTerms(credit: ProvenCredit, history: TermsHistory): Terms | null {
  const use = termsUsable(history, credit.terms, credit.requestedAt);
  return use.ok ? use.entry.terms : null;
}

const signedTerms = (history: TermsHistory, { terms }: ProvenSignature): Terms | null =>
  history.find(({ number }) => number === terms)?.terms ?? null;

/** Which limits a posted credit breaks when all journals are summed up, and by how much. */
export function limitReasons(
  credit: ProvenCredit,
  around: Around,
  history: TermsHistory,
): { readonly reasons: readonly Reason[]; readonly remarks: readonly Remark[] } {
  const own = requestTerms(credit, history);
  if (!own) return { reasons: [], remarks: [] };
  const signed = credit.signatures
    .map((signature) => signedTerms(history, signature))
    .filter((terms) => terms !== null);
  const measures: readonly Measure[] = [
    { terms: own, judged: 'request' },
    ...signed.map((terms) => ({ terms, judged: 'approval' as const })),
  ];
  const budget = budgetReason(credit, around, measures);
  const customer = customerReason(credit, around, measures);
  const pairs = credit.signatures.some(({ as }) => as === 'lead')
    ? []
    : credit.signatures.flatMap((signature) => pairReason(signature, credit, around, history));
  const reasons = [budget, customer].filter((one) => one !== null);
  return {
    reasons: [...reasons, ...pairs],
    remarks: reasons.length > 0 ? [] : remarksOn(credit, around, own),
  };
}

const text = ({ amount }: ProvenCredit, minor: Minor): string =>
  `${plainAmount({ minor, currency: amount.currency })} ${amount.currency}`;

/** The decision that the true figures would have led to. */
const decided = (
  credit: ProvenCredit,
  { terms, judged }: Measure,
  truth: { readonly budgetUsed: Minor; readonly customerUsed: Minor },
) =>
  decide(
    {
      maker: credit.maker,
      amount: credit.amount,
      exception: credit.exception,
      facts: { ...credit.facts, ...truth },
      before: credit.before,
    },
    terms,
    judged,
  );

function budgetReason(
  credit: ProvenCredit,
  { ofPeriod, lost }: Around,
  measures: readonly Measure[],
): Reason | null {
  const used = budgetUsed(credit, ofPeriod, lost);
  const truth = { budgetUsed: used, customerUsed: 0 as Minor };
  const overrun = Math.max(
    ...measures.map((measure) => decided(credit, measure, truth).overrun),
  ) as Minor;
  const named = Math.max(
    -1,
    ...credit.signatures.filter(({ as }) => as === 'lead').map((lead) => lead.overrun),
  );
  if (overrun === 0 || named >= overrun) return null;
  return reason('over-budget', {
    used: text(credit, used),
    said: text(credit, credit.facts.budgetUsed ?? (0 as Minor)),
    over: text(credit, overrun),
  });
}

function customerReason(
  credit: ProvenCredit,
  { ofCustomer }: Around,
  measures: readonly Measure[],
): Reason | null {
  if (credit.signatures.some(({ as }) => as === 'lead')) return null;
  const breaks = (which: 'all' | 'known'): Minor | null => {
    for (const measure of measures) {
      const used = customerUsed(credit, ofCustomer, measure.terms.customerCapDays)[which];
      const truth = { budgetUsed: 0 as Minor, customerUsed: used };
      if (decided(credit, measure, truth).reasons.includes('over-customer-cap')) return used;
    }
    return null;
  };
  const used = breaks('all');
  if (used === null) return null;
  const values = { limit: 'customer', used: text(credit, used) };
  if (breaks('known') === null) return reason('crossed', values);
  const said = text(credit, credit.facts.customerUsed ?? (0 as Minor));
  return reason('over-customer-cap', { used: text(credit, used), said });
}

function pairReason(
  signature: ProvenSignature,
  credit: ProvenCredit,
  { ofMaker }: Around,
  history: TermsHistory,
): readonly Reason[] {
  const terms = signedTerms(history, signature);
  if (!terms || terms.pairLimit === 0) return [];
  const { all, known } = pairSigns(signature, credit, ofMaker, terms);
  if (all < terms.pairLimit) return [];
  const values = { user: signature.by, signs: all, most: terms.pairLimit };
  return [
    known < terms.pairLimit
      ? reason('crossed', { limit: 'pair', ...values })
      : reason('pair-limit', values),
  ];
}

/** Figures that were attested too low, though nothing came of it. */
function remarksOn(
  credit: ProvenCredit,
  { ofPeriod, lost, ofCustomer }: Around,
  terms: Terms,
): readonly Remark[] {
  const budget = budgetUsed(credit, ofPeriod, lost);
  const customer = customerUsed(credit, ofCustomer, terms.customerCapDays).known;
  const remark = (code: Remark['code'], said: Minor | null, is: Minor): Remark[] =>
    said !== null && said < is
      ? [{ code, values: { said: text(credit, said), used: text(credit, is) } }]
      : [];
  return [
    ...remark('budget-attested-low', credit.facts.budgetUsed, budget),
    ...remark('customer-attested-low', credit.facts.customerUsed, customer),
  ];
}
