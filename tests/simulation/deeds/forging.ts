import { viaOf } from '#simulator/audit-writer.ts';
import { importTicket } from '#simulator/ticket-actions.ts';
import { updateTicket } from '#simulator/ticket-update.ts';
import { byHand, writeJournalByHand } from '../by-hand.ts';
import { periodKey } from '../checker/calendar.ts';
import { type CheckedCredit, holds, lifeAt } from '../checker/ledger.ts';
import type { CheckedTerms } from '../checker/terms-record.ts';
import type { World } from '../world.ts';
import { commentOnWeb, replyByMail, replyByMobile } from '#simulator/reply-actions.ts';
import { replyText } from './replying.ts';
import { postedCredits, someChecker, waitingCredits } from './deciding.ts';
import { termsNow } from './asking.ts';

const SLOTS = '/api/v2/custom_objects/leeway_credit/records';
const TERMS = '/api/v2/custom_objects/leeway_terms/records';

let made = 0;

/** Ids of a run must not depend on the runs before it. */
export const startForging = (): void => {
  made = 0;
};

function newId(): string {
  made += 1;
  return `forged-${String(made).padStart(6, '0')}`;
}

const envelope = (...events: readonly unknown[]) => ({ v: 1, events });

function namedTerms({ ledgers, clock }: World): { number: number; digest: string } {
  const entry = ledgers.terms().findLast(({ from, digest }) => from <= clock.now() && digest);
  return { number: entry?.number ?? 1, digest: entry?.digest ?? '0'.repeat(64) };
}

function approval(world: World, credit: CheckedCredit, more: Record<string, unknown> = {}) {
  return {
    type: 'approve',
    id: newId(),
    credit: credit.id,
    digest: credit.digest,
    as: 'peer',
    terms: namedTerms(world),
    facts: { role: 'agent', pair_count: 0 },
    overrun: 0,
    ...more,
  };
}

const FALSE_DIGEST = 'ab'.repeat(32);

/** A decision that must not count, or that counts for what it is worth. */
async function forgeDecision(world: World): Promise<void> {
  const { chance, cast, zendesk } = world;
  const waiting = waitingCredits(world);
  if (waiting.length === 0) return;
  const credit = chance.pick(waiting);
  const maker = Number(credit.request.offer.maker);
  const other = someChecker(world, credit);
  const write = (user: number, ...events: readonly unknown[]) =>
    writeJournalByHand(world, user, credit.ticket, envelope(...events));
  const event = (type: string, more: Record<string, unknown>) => ({
    type,
    id: newId(),
    credit: credit.id,
    ...more,
  });
  switch (
    chance.weighted([
      [3, 'own'],
      [3, 'false-lead'],
      [3, 'borrowed'],
      [3, 'digest'],
      [2, 'light'],
      [2, 'pair'],
      [3, 'replay'],
      [2, 'twice-in-one'],
      [2, 'member'],
      [2, 'unknown-type'],
      [2, 'garbage'],
      [2, 'newer'],
      [3, 'channel'],
      [2, 'no-overrun'],
      [2, 'old-terms'],
      [2, 'false-terms'],
      [2, 'not-asked'],
      [2, 'no-reason'],
      [2, 'withdraw'],
      [2, 'ask'],
      [2, 'unposted'],
      [9, 'cite'],
      [2, 'honest'],
    ] as const)
  ) {
    case 'own':
      await write(maker, approval(world, credit));
      break;
    case 'false-lead':
      await write(chance.pick(cast.makers), approval(world, credit, { as: 'lead', overrun: 1e9 }));
      break;
    case 'borrowed':
      await writeJournalByHand(
        world,
        chance.pick([maker, ...cast.makers]),
        credit.ticket,
        envelope(approval(world, credit)),
        { author_id: other },
      );
      break;
    case 'digest':
      await write(other, approval(world, credit, { digest: FALSE_DIGEST }));
      break;
    case 'light':
      await write(other, approval(world, credit, { facts: { role: 'light', pair_count: 0 } }));
      break;
    case 'pair':
      await write(other, approval(world, credit, { facts: { role: 'agent', pair_count: 99 } }));
      break;
    case 'replay': {
      const [signer] = credit.signers;
      if (signer) await write(other, signer.event);
      else {
        const once = approval(world, credit);
        await write(chance.pick(cast.makers), once);
        await write(chance.pick(cast.leads), once);
      }
      break;
    }
    case 'twice-in-one':
      await write(other, approval(world, credit), approval(world, credit));
      break;
    case 'member':
      await write(other, approval(world, credit, { unless: 'friday' }));
      break;
    case 'unknown-type':
      await write(other, event('bless', {}), approval(world, credit, { digest: FALSE_DIGEST }));
      break;
    case 'garbage':
      await writeJournalByHand(world, other, credit.ticket, chance.pick(['{', 'null', '[]', '{}']));
      break;
    case 'newer':
      await writeJournalByHand(world, other, credit.ticket, {
        v: 2,
        events: [event('approve', {})],
      });
      break;
    case 'channel': {
      const ticket = zendesk.state.tickets[credit.ticket];
      const user = zendesk.state.users[String(other)];
      if (!ticket || !user || user.role === 'end-user') return;
      updateTicket(
        zendesk.world,
        ticket,
        { ...user, role: 'agent', role_type: null, only_private_comments: false },
        {
          comment: { body: 'ok', public: false },
          metadata: { leeway: JSON.stringify(envelope(approval(world, credit))) },
        },
        { via: viaOf(chance.pick(['email', 'mobile', 'rule', 'import'])) },
      );
      break;
    }
    case 'no-overrun': {
      const lead = Number(chance.pick(termsNow(world)?.leads ?? ['0']));
      await write(lead, approval(world, credit, { as: 'lead', overrun: 0 }));
      break;
    }
    case 'old-terms': {
      const oldest = world.ledgers.terms().find(({ digest }) => digest !== null);
      const terms = { number: oldest?.number ?? 1, digest: oldest?.digest ?? FALSE_DIGEST };
      await write(other, approval(world, credit, { terms }));
      break;
    }
    case 'false-terms':
      await write(
        other,
        approval(world, credit, { terms: { ...namedTerms(world), digest: FALSE_DIGEST } }),
      );
      break;
    case 'not-asked':
    case 'no-reason': {
      const asked = chance.percent(50) ? chance.pick(cast.makers) : other;
      const reason = chance.percent(60) ? ' ' : 'No.';
      await write(
        asked,
        event('decline', {
          digest: credit.digest,
          as: chance.pick(['peer', 'lead']),
          terms: namedTerms(world),
          reason,
        }),
      );
      break;
    }
    case 'withdraw':
      await write(other, event('withdraw', {}));
      break;
    case 'ask':
      await write(
        chance.pick(cast.makers),
        event('ask', { asked: [String(chance.pick(cast.makers))], followed: [], lead: false }),
      );
      break;
    case 'unposted':
      await write(
        maker,
        event('reverse', { as: 'maker', terms: namedTerms(world), reason: 'Back.' }),
      );
      break;
    case 'cite':
      await forgeCitation(world, credit);
      break;
    case 'honest':
      // By hand, and all is as it should be: it counts.
      await write(other, approval(world, credit));
      break;
  }
}

/** Cites some comment of the ticket as an approval: public, by mail, of another code, borrowed, or rightly, twice. */
async function forgeCitation(world: World, credit: CheckedCredit): Promise<void> {
  const { chance, zendesk, cast } = world;
  const audits = (zendesk.state.audits[credit.ticket] ?? []).filter(({ events }) =>
    events.some(({ type }) => type === 'Comment'),
  );
  if (audits.length === 0) return;
  const answers = audits.filter(({ events, metadata }) =>
    events.some(
      (event) =>
        event.type === 'Comment' &&
        metadata.custom['leeway'] === undefined &&
        event.plain_body.toUpperCase().includes(credit.code),
    ),
  );
  const audit = chance.pick(answers.length > 0 && chance.percent(85) ? answers : audits.slice(-6));
  const citing = () => approval(world, credit, { cites: { audit: String(audit.id) } });
  const times = chance.pick([1, 2]);
  for (let count = 0; count < times; count += 1) {
    await writeJournalByHand(world, chance.pick(cast.makers), credit.ticket, envelope(citing()));
  }
}

/** Answers in a way that must not count, and cites it at once, as if it did. */
async function forgeAnswer(world: World): Promise<void> {
  const { chance, cast, zendesk } = world;
  const waiting = waitingCredits(world);
  if (waiting.length === 0) return;
  const credit = chance.pick(waiting);
  const ticket_id = Number(credit.ticket);
  const user_id = someChecker(world, credit);
  const user = zendesk.state.users[String(user_id)];
  if (!user || user.role === 'end-user' || user.suspended) return;
  const inner = zendesk.world;
  const text = replyText(world, credit, chance.percent(75));
  const private_ = { ticket_id, user_id, text, public: false };
  const audit = chance.weighted<() => { readonly id: number } | null>([
    [3, () => replyByMobile(inner, { ...private_, public: !user.only_private_comments })],
    [3, () => replyByMail(inner, private_).audit],
    [3, () => commentOnWeb(inner, { ...private_, author_id: chance.pick(cast.leads) })],
    [2, () => replyByMobile(inner, private_)],
  ])();
  if (!audit) return;
  const declines = text.trim().toLowerCase().startsWith('decline');
  for (let times = chance.pick([1, 1, 2]); times > 0; times -= 1) {
    const citing = approval(world, credit, { cites: { audit: String(audit.id) } });
    const { facts: _facts, overrun: _overrun, ...verdict } = citing;
    const reason = /decline LW-\w+ (.*)/i.exec(text)?.[1] ?? 'No.';
    const event = declines ? { ...verdict, type: 'decline', reason } : citing;
    const who = chance.pick([...cast.makers, ...cast.leads]);
    await writeJournalByHand(world, who, credit.ticket, envelope(event));
  }
}

/** A reversal that may not be: too late, without a reason, or by somebody else. */
async function forgeReversal(world: World): Promise<void> {
  const { chance, cast } = world;
  const posted = postedCredits(world);
  if (posted.length === 0) return;
  const credit = chance.pick(posted);
  const maker = Number(credit.request.offer.maker);
  const event = {
    type: 'reverse',
    id: newId(),
    credit: credit.id,
    as: chance.pick(['maker', 'lead']),
    terms: namedTerms(world),
    reason: chance.pick(['', 'Back.']),
  };
  const who = chance.pick([maker, ...cast.makers]);
  await writeJournalByHand(world, who, credit.ticket, envelope(event));
}

function forgedRequest(
  world: World,
  maker: number,
  ticket: number,
  terms: CheckedTerms,
): Record<string, unknown> {
  const { chance, clock, zendesk, cast } = world;
  const lie = chance.pick([
    'none',
    'none',
    'band',
    'old-slot',
    'other-slot',
    'other-period',
    'other-ticket',
    'other-customer',
    'other-maker',
    'terms',
    'facts',
    'unknown-facts',
    'tier',
    'same-slot',
    'too-much',
    'float',
    'hours',
  ]);
  const other = chance.pick(cast.makers.filter((id) => id !== maker));
  const customer = zendesk.state.tickets[String(ticket)]?.requester_id;
  const period = periodKey(clock.now(), terms);
  const stamp = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');
  const [known] = [...world.ledgers.of(String(ticket)).credits.values()];
  const number = chance.whole(500, 9_999);
  const amount = lie === 'too-much' ? terms.limits.hard + 1 : Math.max(1, terms.limits.self);
  return {
    type: 'request',
    id: newId(),
    credit: newId(),
    offer: {
      ticket: lie === 'other-ticket' ? '1' : String(ticket),
      customer: String(lie === 'other-customer' ? chance.pick(cast.customers) : customer),
      maker: String(lie === 'other-maker' ? other : maker),
      amount_minor: lie === 'float' ? 10.5 : lie === 'band' ? terms.limits.cosign : amount,
      currency: terms.currency,
      reason: 'late-delivery',
      note: '',
      exception: '',
    },
    terms: lie === 'terms' ? { number: 1, digest: FALSE_DIGEST } : namedTerms(world),
    facts: {
      role: lie === 'facts' ? 'light' : 'agent',
      tier: lie === 'tier' ? 'golden' : null,
      budget_used: lie === 'unknown-facts' ? null : 0,
      customer_used: 0,
    },
    band: chance.pick(['self', 'peer', 'lead']),
    asked: [],
    followed: [],
    slot: {
      key:
        lie === 'same-slot' && known
          ? known.request.slot.key
          : lie === 'other-period'
            ? `month:2020-01:Etc~UTC:USD/${String(maker)}/${String(number)}`
            : `${period}/${String(lie === 'other-slot' ? other : maker)}/${String(number)}`,
      created_at: stamp(clock.now() - (lie === 'old-slot' ? 11 * 60_000 : 2_000)),
    },
    expires_in_hours: lie === 'hours' ? 8_000 : terms.expiryHours,
  };
}

/** A journal without a slot, with all sorts of lies in it. */
async function forgeRequest(world: World): Promise<void> {
  const { chance, cast, tickets, zendesk } = world;
  const terms = termsNow(world);
  if (!terms) return;
  const maker = chance.pick(cast.makers);
  const user = zendesk.state.users[String(maker)];
  const ticket = chance.pick(tickets);
  const request = forgedRequest(world, maker, ticket, terms);
  if (chance.percent(80) || user?.role !== 'agent') {
    await writeJournalByHand(world, maker, String(ticket), envelope(request));
    return;
  }
  // In the audit that creates a ticket nothing counts.
  const next = zendesk.state.next_id;
  const offer = request['offer'] as Record<string, unknown>;
  const customer = chance.pick(cast.customers);
  const own = { ...request, offer: { ...offer, ticket: String(next), customer: String(customer) } };
  const metadata = { leeway: JSON.stringify(envelope(own)) };
  if (chance.percent(50)) {
    await byHand(world, maker, 'POST', '/api/v2/tickets', {
      ticket: {
        subject: 'New',
        requester_id: customer,
        comment: { body: 'New', public: true },
        metadata,
      },
    });
    return;
  }
  importTicket(zendesk.world, {
    user_id: cast.admins[0] ?? 0,
    requester_id: customer,
    subject: 'Imported',
    comments: [
      { author_id: customer, text: 'Hi', public: true, created_at: '2026-09-01T00:00:00Z' },
      { author_id: maker, text: 'ok', public: false, created_at: '2026-09-01T01:00:00Z', metadata },
    ],
  });
}

/** A slot is changed, voided, deleted, or claimed by hand. */
async function forgeSlot(world: World): Promise<void> {
  const { chance, cast, zendesk, clock } = world;
  const slots = Object.values(zendesk.state.records['leeway_credit'] ?? {}).filter(
    ({ external_id: id }) => id !== null && !id.startsWith('probe/'),
  );
  if (slots.length === 0) return;
  const slot = chance.pick(slots.slice(-8));
  const fields = slot.custom_object_fields;
  world.touched.add(slot.external_id ?? '');
  const maker = Number(fields['maker']);
  const user = chance.percent(60) ? maker : chance.pick(cast.makers);
  const patch = (changed: Record<string, unknown>) =>
    byHand(world, user, 'PATCH', `${SLOTS}/${slot.id}`, {
      custom_object_record: { custom_object_fields: changed },
    });
  switch (
    chance.weighted([
      [4, 'void'],
      [2, 'posted'],
      [3, 'amount'],
      [2, 'delete'],
      [2, 'claim'],
    ] as const)
  ) {
    case 'void':
      await patch({ status: 'leeway_void' });
      break;
    case 'posted':
      await patch({ status: 'leeway_posted' });
      break;
    case 'amount':
      await patch({ amount_minor: 1 });
      break;
    case 'delete':
      await byHand(world, user, 'DELETE', `${SLOTS}/${slot.id}`);
      break;
    case 'claim': {
      const terms = termsNow(world);
      if (!terms) return;
      const key = `${periodKey(clock.now(), terms)}/${String(maker)}/${String(chance.whole(1, 9))}`;
      world.touched.add(key);
      await byHand(world, user, 'POST', SLOTS, {
        custom_object_record: {
          name: 'By hand',
          external_id: key,
          custom_object_fields: { ...fields, credit_id: newId(), status: 'leeway_void' },
        },
      });
      break;
    }
  }
}

/** Terms are altered, written again by somebody who is no admin, or deleted. */
async function forgeTerms(world: World): Promise<void> {
  const { chance, cast, zendesk } = world;
  const records = Object.values(zendesk.state.records['leeway_terms'] ?? {});
  if (records.length === 0) return;
  const record = chance.pick(records.slice(-2));
  const { canonical, digest } = record.custom_object_fields;
  const user = chance.pick(cast.makers);
  const patch = (fields: Record<string, unknown>) =>
    byHand(world, user, 'PATCH', `${TERMS}/${record.id}`, {
      custom_object_record: { name: 'By hand', custom_object_fields: fields },
    });
  const kind = chance.weighted([
    [6, 'rewrite'],
    [2, 'alter'],
    [1, 'delete'],
  ] as const);
  if (kind === 'rewrite') await patch({ canonical, digest });
  else if (kind === 'delete') await byHand(world, user, 'DELETE', `${TERMS}/${record.id}`);
  else await patch({ canonical: String(canonical).replace('"hard":', '"hard":9') });
}

/** Somebody works past the app. */
export async function forge(world: World): Promise<void> {
  const { chance, clock, tickets } = world;
  const anyHeld = tickets.some((ticket) =>
    [...world.ledgers.of(String(ticket)).credits.values()].some((credit) =>
      holds(lifeAt(credit, clock.now())),
    ),
  );
  const act = chance.weighted([
    [anyHeld ? 12 : 0, forgeDecision],
    [anyHeld ? 5 : 0, forgeAnswer],
    [3, forgeReversal],
    [4, forgeRequest],
    [2, forgeSlot],
    [0.4, forgeTerms],
    [
      1,
      async () => {
        const tags = ['leeway_posted'];
        await byHand(
          world,
          chance.pick(world.cast.makers),
          'PUT',
          `/api/v2/tickets/${String(chance.pick(tickets))}`,
          {
            ticket: { tags },
          },
        );
      },
    ],
  ]);
  await act(world);
}
