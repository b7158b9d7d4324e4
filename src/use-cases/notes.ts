import type { Credit } from '#domain/credit.ts';
import type { UserId } from '#domain/ids.ts';
import { plainAmount } from '#domain/money.ts';
import type { Offer } from '#domain/offer.ts';
import type { Context, Notes } from './context.ts';
import { moneyText } from './money-text.ts';

/** A paragraph each, plain text: the adapter escapes them. */
export type NoteLines = readonly string[];

type Names = Pick<ReadonlyMap<UserId, string>, 'get'>;

const mention = (people: readonly UserId[], names: Names): string =>
  people.map((id) => `@${names.get(id) ?? id}`).join(', ');

const amountOf = ({ locale }: Notes, { amount }: Offer): string => moneyText(amount, locale);

/** The internal note of a request: who asks whom for how much and why, readable without the app. */
export function requestNote(
  context: Context,
  notes: Notes,
  {
    offer,
    code,
    band,
    reasonLabel,
    asked,
    names,
    expiryHours,
  }: {
    readonly offer: Offer;
    readonly code: string;
    readonly band: 'self' | 'peer' | 'lead';
    readonly reasonLabel: string;
    readonly asked: readonly UserId[];
    readonly names: Names;
    readonly expiryHours: number;
  },
): NoteLines {
  const { say } = notes;
  const values = {
    code,
    amount: amountOf(notes, offer),
    reason: reasonLabel,
    people: mention(asked, names),
    hours: expiryHours,
  };
  return [
    band === 'self' ? say('note.given', values) : say(`note.asked.${band}`, values),
    ...(offer.note.trim() ? [say('note.why', { text: offer.note.trim() })] : []),
    ...(offer.exception.trim() ? [say('note.exception', { text: offer.exception.trim() })] : []),
    ...(band === 'self'
      ? []
      : [
          say('note.open', { ...values, url: context.ticketUrl(offer.ticket) }),
          say('note.byReply', { code, amount: plainAmount(offer.amount) }),
        ]),
  ];
}

/** The internal note of a step on a credit that exists. */
export function stepNote(
  context: Context,
  notes: Notes,
  step:
    | { readonly type: 'approve'; readonly as: 'peer' | 'lead'; readonly overrun: number }
    | { readonly type: 'decline'; readonly reason: string }
    | { readonly type: 'withdraw' }
    | { readonly type: 'ask'; readonly lead: boolean; readonly asked: readonly UserId[] }
    | { readonly type: 'reverse'; readonly reason: string },
  after: Credit,
  names: Names,
): NoteLines {
  const { say } = notes;
  const { offer, code, signatures, needed } = after;
  const values = {
    code,
    amount: amountOf(notes, offer),
    maker: names.get(offer.maker) ?? offer.maker,
    signed: signatures.length,
    needed,
  };
  switch (step.type) {
    case 'approve': {
      const posted = after.state.kind === 'posted';
      const overrun = {
        minor: step.overrun as typeof offer.amount.minor,
        currency: offer.amount.currency,
      };
      return [
        say(posted ? 'note.posted' : 'note.signed', values),
        ...(step.overrun > 0
          ? [
              say('note.overrun', {
                ...values,
                amount: moneyText(overrun, notes.locale),
              }),
            ]
          : []),
      ];
    }
    case 'decline':
      return [say('note.declined', values), say('note.why', { text: step.reason })];
    case 'withdraw':
      return [say('note.withdrawn', values)];
    case 'ask':
      return [
        say(step.lead ? 'note.askedLead' : 'note.askedAlso', {
          ...values,
          people: mention(step.asked, names),
        }),
        say('note.open', { ...values, url: context.ticketUrl(offer.ticket) }),
      ];
    case 'reverse':
      return [say('note.reversed', values), say('note.why', { text: step.reason })];
  }
}
