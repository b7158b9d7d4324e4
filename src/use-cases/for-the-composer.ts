import { askedNow, type Credit } from '#domain/credit.ts';
import type { UserId } from '#domain/ids.ts';
import { filledIn, type ReplyTemplates, replyTemplateFor } from '#domain/reply-template.ts';
import type { Person } from '#zendesk/helpdesk.ts';
import type { Notes } from './context.ts';
import { moneyText } from './money-text.ts';

/** Those whom a waiting credit still waits for. */
export const waitedFor = (credit: Credit): readonly UserId[] =>
  askedNow(credit).filter((id) => credit.signatures.every(({ by }) => by !== id));

/**
 * What an agent may send as a note of their own where a mention that the API wrote notifies nobody:
 * Zendesk turns `@Name` into a mention when it is sent from the composer.
 */
export function mentionText(
  { say, locale }: Notes,
  credit: Credit,
  nameOf: (id: UserId) => string,
): string {
  const lead = credit.band === 'lead' || credit.leadAsked;
  return say(lead ? 'note.askedLead' : 'note.askedAlso', {
    code: credit.code,
    amount: moneyText(credit.offer.amount, locale),
    people: waitedFor(credit)
      .map((id) => `@${nameOf(id)}`)
      .join(', '),
  });
}

/**
 * The sentence that tells the customer of a posted credit; null where the settings have none for them.
 * @param reasonIn how its reason is called in a locale
 */
export function replySentence(
  templates: ReplyTemplates,
  { offer }: Credit,
  customer: Person,
  reasonIn: (locale: string) => string,
): string | null {
  const template = replyTemplateFor(templates, customer.locale);
  return (
    template &&
    filledIn(template.text, {
      amount: moneyText(offer.amount, template.locale),
      name: customer.name,
      reason: reasonIn(template.locale),
    })
  );
}
