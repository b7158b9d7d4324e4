import { commentOnWeb, replyByMail, replyByMobile } from '#simulator/reply-actions.ts';
import type { CheckedCredit } from '../checker/ledger.ts';
import { DIGITS } from '../checker/reply-text.ts';
import type { World } from '../world.ts';
import { someChecker, waitingCredits } from './deciding.ts';

/** The amount as people type it. */
function typed(world: World, minor: number, currency: string): string {
  const { chance } = world;
  const digits = DIGITS[currency] ?? 2;
  const text = String(minor).padStart(digits + 1, '0');
  const plain = digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  return chance.pick([plain, plain, `$${plain}`, digits === 2 ? plain.replace('.', ',') : plain]);
}

export function replyText(world: World, credit: CheckedCredit, right: boolean): string {
  const { chance } = world;
  const { amount_minor: minor, currency } = credit.request.offer;
  const good = chance.percent(75)
    ? `approve ${credit.code} ${typed(world, minor, currency)}`
    : `decline ${credit.code} she has one already`;
  if (right)
    return chance.pick([good, good.toUpperCase(), `${good}\n\nThanks!\n> approve LW-222222 1`]);
  return chance.pick([
    `Fine by me.\n${good}`,
    `> ${good}`,
    `approve LW-222222 ${typed(world, minor, currency)}`,
    `approve ${credit.code} ${typed(world, minor * 10, currency)}`,
    `approve ${credit.code} ${typed(world, minor + 1, currency)}`,
    `approve ${credit.code}`,
    'Let me look first.',
  ]);
}

/** Somebody answers on the ticket, past the app: rightly from a phone, or in a way that must not count. */
export function reply(world: World): boolean {
  const { chance, zendesk, cast } = world;
  const credits = waitingCredits(world);
  if (credits.length === 0) return false;
  const credit = chance.pick(credits);
  const ticket_id = Number(credit.ticket);
  const maker = Number(credit.request.offer.maker);
  const user_id = chance.weighted([
    [10, someChecker(world, credit)],
    [1, maker],
    [1, cast.light],
  ]);
  const user = zendesk.state.users[String(user_id)];
  if (!user || user.role === 'end-user' || user.suspended) return false;
  const text = replyText(world, credit, chance.percent(80));
  const way = chance.weighted([
    [10, 'phone'],
    [3, 'web'],
    [3, 'public'],
    [3, 'mail'],
    [1, 'spoofed'],
    [4, 'borrowed'],
  ] as const);
  const mayBePublic = !user.only_private_comments;
  const { world: inner } = zendesk;
  switch (way) {
    case 'phone':
      replyByMobile(inner, { ticket_id, user_id, text, public: false });
      break;
    case 'web':
      commentOnWeb(inner, { ticket_id, user_id, text, public: false });
      break;
    case 'public':
      replyByMobile(inner, { ticket_id, user_id, text, public: mayBePublic });
      break;
    case 'mail':
    case 'spoofed':
      replyByMail(inner, { ticket_id, user_id, text, public: false, spoofed: way === 'spoofed' });
      break;
    case 'borrowed':
      // The maker writes in a colleague's name.
      commentOnWeb(inner, { ticket_id, user_id: maker, author_id: user_id, text, public: false });
      break;
  }
  return true;
}
