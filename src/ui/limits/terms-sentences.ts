import type { Currency } from '#domain/currencies.ts';
import type { UserId } from '#domain/ids.ts';
import type { Minor } from '#domain/money.ts';
import type { Limits, Terms } from '#domain/terms.ts';
import type { NextTerms } from '#use-cases/publish-terms.ts';
import type { Texts } from '../shared/texts.ts';

/** What one member of the terms means, as sentences. */
export function sentencesOf(
  terms: NextTerms | Terms,
  member: keyof NextTerms,
  name: (id: UserId) => string,
  { t, money, list }: Texts,
): readonly string[] {
  const amount = (minor: Minor): string => money(minor, terms.currency);
  switch (member) {
    case 'currency':
      return [t('limits.member.currency', { currency: terms.currency })];
    case 'timeZone':
      return [t('limits.member.timeZone', { zone: terms.timeZone })];
    case 'period':
      return [t(`limits.member.period.${terms.period}`)];
    case 'limits': {
      const { budget, self, cosign, hard } = terms.limits;
      return [
        t('limits.member.limitsBudget', { amount: amount(budget) }),
        self > 0
          ? t('limits.member.limitsSelf', { amount: amount(self) })
          : t('limits.member.limitsSelfNone'),
        t('limits.member.limitsCosign', { amount: amount(cosign) }),
        t('limits.member.limitsHard', { amount: amount(hard) }),
      ];
    }
    case 'cosigners':
      return [t('limits.member.cosigners', { count: terms.cosigners })];
    case 'customerCap':
      return [t('limits.member.customerCap', { amount: amount(terms.customerCap) })];
    case 'customerCapDays':
      return [t('limits.member.customerCapDays', { count: terms.customerCapDays })];
    case 'expiryHours':
      return [t('limits.member.expiryHours', { count: terms.expiryHours })];
    case 'holdHours':
      return [t('limits.member.holdHours', { count: terms.holdHours })];
    case 'pairLimit':
      return [
        terms.pairLimit > 0
          ? t('limits.member.pairLimit', { count: terms.pairLimit })
          : t('limits.member.pairLimitNone'),
      ];
    case 'leads': {
      const people = terms.leads.length > 0 ? list(terms.leads.map(name)) : t('limits.nobody');
      return [t('limits.member.leads', { people })];
    }
    case 'pilot':
      return [
        terms.pilot === null
          ? t('limits.member.pilotEveryone')
          : t('limits.member.pilot', { count: terms.pilot.length }),
      ];
    case 'tiers':
      if (terms.tiers.length === 0) return [t('limits.member.tiersNone')];
      return terms.tiers.map(({ name: called, tag, limits }) => {
        const sentence = limitsSentence(limits, 'tier', called, terms.currency, { t, money });
        return tag === null ? sentence : `${sentence} ${t('limits.member.tierTag', { tag })}`;
      });
  }
}

/** What somebody may give by these limits, in one sentence: the agents of a tier, or one person. */
export function limitsSentence(
  { budget, self, cosign, hard }: Limits,
  whose: 'tier' | 'person',
  name: string,
  currency: Currency,
  { t, money }: Pick<Texts, 't' | 'money'>,
): string {
  const amounts = {
    name,
    budget: money(budget, currency),
    self: money(self, currency),
    cosign: money(cosign, currency),
    hard: money(hard, currency),
  };
  return t(`limits.${whose}.${self > 0 ? 'alone' : 'cosigned'}`, amounts);
}

/** In the order in which people ask. */
export const MEMBERS: readonly (keyof NextTerms)[] = [
  'limits',
  'period',
  'cosigners',
  'customerCap',
  'customerCapDays',
  'expiryHours',
  'holdHours',
  'pairLimit',
  'leads',
  'pilot',
  'tiers',
  'currency',
  'timeZone',
];

/** Members whose change gives everybody a new budget. */
export const STARTS_NEW_BUDGETS: ReadonlySet<keyof NextTerms> = new Set([
  'currency',
  'timeZone',
  'period',
]);
