import { type Band, BANDS, decide } from '#domain/policy.ts';
import { groupId, type UserId } from '#domain/ids.ts';
import { type Terms, tierFor } from '#domain/terms.ts';
import { type Reason, reason } from './reason.ts';
import type { KnownPerson, Signer } from './settled-credit.ts';
import type { ProvenCredit, ProvenSignature } from './ticket-proof.ts';

/** By id; who is absent is not known to Zendesk any more. */
export type People = ReadonlyMap<UserId, KnownPerson>;

const roleNow = (people: People, user: UserId): Signer['role'] => {
  const person = people.get(user);
  return person?.active ? person.role : 'gone';
};

const isFit = (role: Signer['role']): boolean => role === 'agent' || role === 'admin';

export const signersOf = ({ signatures }: ProvenCredit, people: People): readonly Signer[] =>
  signatures.map(({ by, as }) => ({ user: by, as, role: roleNow(people, by) }));

/** Those without whom it would not be posted: one lead is enough, otherwise every colleague is needed. */
function decisive(credit: ProvenCredit): readonly ProvenSignature[] {
  const leads = credit.signatures.filter(({ as }) => as === 'lead');
  return leads.length > 0 ? leads : credit.signatures;
}

/** What was attested of people and cannot be so now. An honest colleague may have left since: an admin knows. */
export function peopleReasons(
  credit: ProvenCredit,
  people: People,
  terms: Terms | null,
): readonly Reason[] {
  const reasons: Reason[] = [];
  for (const { by } of decisive(credit)) {
    const role = roleNow(people, by);
    if (!isFit(role)) reasons.push(reason('signer-unfit', { user: by, role }));
  }
  const makerRole = roleNow(people, credit.maker);
  if (!isFit(makerRole))
    reasons.push(reason('maker-unfit', { user: credit.maker, role: makerRole }));
  const tier = terms && tierReason(credit, people, terms);
  return tier ? [...reasons, tier] : reasons;
}

/** A tier that the maker is not in now, where without it somebody else would have had to agree. */
function tierReason(credit: ProvenCredit, people: People, terms: Terms): Reason | null {
  const { facts, maker } = credit;
  const person = people.get(maker);
  if (facts.tier === null || !person) return null;
  const groups = (person.groups ?? []).map(groupId).filter((id) => id !== null);
  const now = tierFor(terms, { tags: person.tags, groups })?.key ?? null;
  if (now === facts.tier) return null;
  const strictness = (tier: string | null): number => BANDS.indexOf(bandIn(credit, terms, tier));
  return strictness(now) > strictness(facts.tier)
    ? reason('tier-differs', { tier: facts.tier, now: now ?? 'none' })
    : null;
}

const bandIn = (credit: ProvenCredit, terms: Terms, tier: string | null): Band =>
  decide(
    {
      maker: credit.maker,
      amount: credit.amount,
      exception: credit.exception,
      facts: { ...credit.facts, tier },
      before: credit.before,
    },
    terms,
  ).band;
