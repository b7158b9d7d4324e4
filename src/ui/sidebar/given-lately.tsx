import type { Credit } from '#domain/credit.ts';
import { heldByCustomer } from '#use-cases/maker-facts.ts';
import { similarToCredit } from '#use-cases/similar-credit.ts';
import { Plain } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';
import type { CreditSurroundings } from './credit-item.tsx';

/** Whoever is to agree sees that the customer got the like shortly before, from whomever. */
export function GivenLately({
  credit,
  around: { ledger, slots, inForce, now },
}: {
  readonly credit: Credit;
  readonly around: Pick<CreditSurroundings, 'ledger' | 'slots' | 'inForce' | 'now'>;
}) {
  const { t, money, relative } = useTexts();
  const { ticket, customer, amount } = credit.offer;
  const terms = inForce?.terms;
  if (!terms) return null;
  const held = heldByCustomer({ found: slots, own: [], ledger, terms, now }, ticket, customer);
  const similar = similarToCredit(held, credit);
  if (!similar) return null;
  const values = {
    amount: money(similar.amount, amount.currency),
    when: relative(similar.at, now),
  };
  return <Plain>{t('credits.similar', values)}</Plain>;
}
