import type { ProblemCode } from '#domain/problem.ts';
import type { FINDING_CODES, Reason, ReasonCode } from './reason.ts';
import type { Finding, Remark, SettledCredit, SettledLine } from './settled-credit.ts';

/**
 * Every sentence of the command, in English only, for somebody in finance who never saw the app.
 * `{name}` stands for a value of the reason.
 */
const REASONS: Readonly<Record<ReasonCode, string>> = {
  'paid-in-doubt':
    'It was handed over for payment before, and would not be payable today: look at it first.',
  'credit-repeated': 'Its number was used before, on ticket {ticket}: only that one can be paid.',
  'slot-shared':
    'It stands on the budget record {slot}, which {first} on ticket {ticket} took before: a record pays for one credit.',
  'over-budget':
    'It goes {over} over the agent’s budget: {used} were used before it, while the request said {said}. No lead approved that overrun.',
  'over-customer-cap':
    'The customer already had {used} in credits, more than the limit leaves room for; the request said {said}. No lead approved it.',
  'pair-limit':
    'User {user} had co-signed for this agent {signs} times in the period; {most} are allowed. No lead approved it.',
  'slot-other-period':
    'Its budget record {slot} was made in another period, {period}: it took money from the wrong budget.',
  'slot-other-time':
    'The request says that its budget record {slot} was made at {claimed}; Zendesk says {made}.',
  'slot-doubled': 'There are {records} budget records with the name {slot}; there can be only one.',
  'ticket-deleted': 'Its ticket {ticket} was deleted, and the proof with it.',
  'terms-to-affirm':
    'The limits it was given under (number {terms}) were altered or deleted, or written last by somebody who is no admin. An admin has to affirm them in Leeway.',
  'newer-version': 'A newer version of Leeway wrote about it: update this command.',
  'signer-unfit':
    'User {user}, who approved it, could not approve it today (now: {role}). An admin has to confirm it.',
  'maker-unfit':
    'User {user}, who gave it, could not give it today (now: {role}). An admin has to confirm it.',
  'tier-differs':
    'It was given under the limits of tier {tier}; today the agent’s tier is {now}, and the credit would need more approval. An admin has to confirm it.',
  'slot-changed':
    'Its budget record {slot} no longer agrees with the ticket (changed: {fields}; last written by {by}). An admin has to confirm it.',
  'slot-freed':
    'Its budget record {slot} says {status} although the credit is posted (last written by {by}). An admin has to confirm it.',
  'slot-replaced':
    'Its budget record {slot} was deleted, and another was made in its place at {made}. An admin has to confirm it.',
  'slot-missing':
    'Its budget record {slot} was deleted, or never made. An admin has to confirm it.',
  crossed:
    'Two requests or approvals crossed within ten minutes and together go over the {limit} limit; nobody could know of the other. An admin has to confirm it.',
};

const FINDINGS: Readonly<Record<(typeof FINDING_CODES)[number], string>> = {
  'slot-doubled': 'There is more than one budget record with the name {slot}.',
  'ticket-deleted':
    'The ticket of the budget record {slot} ({status}, {amount}) was deleted: what it proved is gone, and is not paid.',
  'slot-without-journal':
    'The budget record {slot} ({status}, {amount}) holds money, and its ticket does not name it.',
  'slots-deleted': '{count} budget records of {budget} are gone (numbers {numbers}).',
};

/** What was written into a ticket and counts for nothing. It moved no money. */
const EVENTS: Readonly<Record<ProblemCode, string>> = {
  unreadable: 'Something under Leeway’s name that cannot be read.',
  'newer-version': 'Something that a newer version of Leeway wrote: update this command.',
  'wrong-channel': 'Written by e-mail, a rule or an import, which never counts.',
  'creates-ticket': 'Written while the ticket was made, which never counts.',
  'no-author': 'Written by nobody in particular.',
  'author-differs': 'Written under somebody else’s name.',
  'credit-repeated': 'A request with the number of an earlier one on the ticket.',
  'maker-differs': 'A request in a colleague’s name.',
  'other-ticket': 'A request for another ticket.',
  'other-customer': 'A request for somebody who is not the ticket’s customer.',
  'maker-is-customer': 'A request for oneself.',
  'slot-of-other': 'A request on a colleague’s budget.',
  'slot-other-period': 'A request on the budget of another period.',
  'slot-too-old': 'A request whose budget record was made too long before, or after it.',
  'slot-taken': 'A request on a budget record that another credit of the ticket has.',
  refused: 'A request that the limits refuse ({why}).',
  'terms-not-started': 'It names limits that did not hold yet.',
  'terms-ended': 'It names limits that no longer held.',
  'terms-unknowable': 'It names limits that were altered or deleted.',
  'credit-unknown': 'A step on a credit that is not there.',
  'other-offer': 'An approval or decline of another amount or text than was asked for.',
  'too-late': 'A step on a credit that was over already.',
  'checker-is-maker': 'An approval or decline of one’s own credit.',
  'checker-is-customer': 'An approval or decline by the customer.',
  'role-unfit': 'An approval by somebody who may not approve.',
  'pair-limit': 'An approval beyond how often one colleague may sign for another.',
  'needs-lead': 'An approval by a colleague where a lead is needed.',
  'not-lead': 'A step as a lead by somebody who is none.',
  'not-asked': 'A step by somebody who was not asked.',
  'not-maker': 'A step that only the one who asked may take.',
  'no-reason': 'A decline or reversal without a reason.',
  'overrun-not-named': 'A lead’s approval that does not name by how much the budget is exceeded.',
  'above-hard-limit': 'An approval above what anybody may give.',
  'customer-changed': 'An approval after the ticket got another customer.',
  'hold-over': 'A reversal by its maker after the hold.',
  'not-posted': 'A reversal of what is not posted.',
  'reply-missing': 'It cites an answer that is not there.',
  'reply-not-private': 'It cites an answer that the customer can see.',
  'reply-differs': 'It cites an answer that says something else.',
};

const REMARKS: Readonly<Record<Remark['code'], string>> = {
  'budget-attested-low':
    'Remark: the request said that {said} of the budget were used; it was {used}. No limit was broken.',
  'customer-attested-low':
    'Remark: the request said that the customer had {said}; it was {used}. No limit was broken.',
};

const VERDICTS: Readonly<Record<Exclude<SettledCredit['verdict'], 'not-payable'>, string>> = {
  payable: 'Proven by its ticket and by all others together.',
  held: 'Posted; it can still be taken back.',
  waiting: 'Nobody has approved it yet.',
  ended: 'Nothing to pay: it is {ended}.',
};

const fill = (sentence: string, values: Readonly<Record<string, string | number>>): string =>
  sentence.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? '?'));

const reasonSentence = ({ code, values }: Reason): string => fill(REASONS[code], values);

function findingSentence({ code, values }: Finding): string {
  if (!code.startsWith('event-')) {
    return fill(FINDINGS[code as keyof typeof FINDINGS], values);
  }
  const sentence = EVENTS[code.slice('event-'.length) as ProblemCode];
  return `Counts for nothing: ${fill(sentence, values)}`;
}

/** What a line says in words: why it is as it is. */
export function sentenceOf(line: SettledLine): string {
  if (line.kind === 'reversal')
    return 'It was reversed after it was handed over: the money goes back.';
  if (line.kind === 'finding') return findingSentence(line);
  const because =
    line.verdict === 'not-payable'
      ? line.reasons.map(reasonSentence)
      : [fill(VERDICTS[line.verdict], { ended: line.ended ?? '?' })];
  const confirmed = line.confirmed.map((one) => `Confirmed by an admin: ${reasonSentence(one)}`);
  const remarks = line.remarks.map(({ code, values }) => fill(REMARKS[code], values));
  return [...because, ...confirmed, ...remarks].join(' ');
}
