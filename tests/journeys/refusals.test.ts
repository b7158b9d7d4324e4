import { describe, expect, it } from 'vitest';
import { closeTicket } from '#simulator/ticket-actions.ts';
import type { Zendesk } from '#simulator/zendesk.ts';
import { creditOf, HOUR, MINUTE, openStory, writesOf } from '#tests/support/story-shop.ts';

const ticketOf = (zendesk: Zendesk, id: number) => {
  const ticket = zendesk.state.tickets[String(id)];
  if (!ticket) throw new Error(`no ticket ${String(id)}`);
  return ticket;
};

/** The log's writes that are not repairs of slots. */
const writesButRepair = (zendesk: Zendesk, since: number): string[] =>
  writesOf(zendesk, since).filter((write) => !/^PATCH .*\/leeway_credit\//.test(write));

describe('what must not be approved writes nothing', () => {
  it('one’s own credit', async () => {
    const { zendesk, session, ask, step } = await openStory();
    const credit = creditOf(await ask(session('ana')));
    const before = zendesk.log.length;
    expect(await step(session('ana'), credit, { type: 'approve' })).toMatchObject({
      kind: 'refused',
      why: 'is-maker',
    });
    expect(writesButRepair(zendesk, before)).toEqual([]);
  });

  it('anything, by a light agent', async () => {
    const { zendesk, session, ask, step } = await openStory();
    const credit = creditOf(await ask(session('ana')));
    const before = zendesk.log.length;
    expect(await step(session('liv'), credit, { type: 'approve' })).toMatchObject({
      why: 'light-agent',
    });
    expect(writesButRepair(zendesk, before)).toEqual([]);
  });

  it('a credit on a ticket that was closed', async () => {
    const { zendesk, clock, session, ask, step } = await openStory();
    const credit = creditOf(await ask(session('ana')));
    await clock.advance(MINUTE);
    closeTicket(zendesk.world, 1087);
    const before = zendesk.log.length;
    expect(await step(session('ben'), credit, { type: 'approve' })).toMatchObject({
      why: 'closed',
    });
    expect(writesButRepair(zendesk, before)).toEqual([]);
  });

  it('a credit whose ticket has another customer now', async () => {
    const { zendesk, clock, session, ask, step, byHand, customerOf } = await openStory();
    const credit = creditOf(await ask(session('ana')));
    await clock.advance(MINUTE);
    await byHand('tomas', 'PUT', '/api/v2/tickets/1087.json', {
      ticket: { requester_id: Number(customerOf(1084)) },
    });
    const before = zendesk.log.length;
    expect(await step(session('ben'), credit, { type: 'approve' })).toMatchObject({
      why: 'customer-changed',
    });
    expect(writesButRepair(zendesk, before)).toEqual([]);
  });

  it('above what new terms let a colleague approve, though the old ones would', async () => {
    const { zendesk, clock, session, ask, step, publish } = await openStory();
    const credit = creditOf(await ask(session('ana'), { cents: 4000 }));
    await clock.advance(MINUTE);
    await publish({ cosign_limit: 20 });
    await clock.advance(MINUTE);
    const before = zendesk.log.length;
    expect(await step(session('ben'), credit, { type: 'approve' })).toMatchObject({
      why: 'needs-lead',
    });
    expect(writesButRepair(zendesk, before)).toEqual([]);
  });

  it('above a new hard limit, by anybody', async () => {
    const { zendesk, clock, session, ask, step, publish } = await openStory();
    const credit = creditOf(await ask(session('ana'), { cents: 4000 }));
    await clock.advance(MINUTE);
    await publish({ cosign_limit: 20, hard_limit: 30 });
    await clock.advance(MINUTE);
    const before = zendesk.log.length;
    expect(await step(session('lea'), credit, { type: 'approve' })).toMatchObject({
      why: 'above-hard-limit',
    });
    expect(writesButRepair(zendesk, before)).toEqual([]);
  });

  it('while the terms in force are frozen', async () => {
    const { zendesk, session, ask, step } = await openStory();
    const credit = creditOf(await ask(session('ana')));
    const newest = Object.values(zendesk.state.records['leeway_terms'] ?? {}).at(-1);
    if (newest) newest.custom_object_fields['canonical'] += ' ';
    const before = zendesk.log.length;
    const outcome = await step(session('ben'), credit, { type: 'approve' });
    expect(outcome).toMatchObject({ kind: 'refused', why: 'to-affirm' });
    expect(writesButRepair(zendesk, before)).toEqual([]);
  });

  it('once the pair limit of the period is reached', async () => {
    const { zendesk, session, ask, step, publish, idOf } = await openStory();
    await publish({ pair_limit: 1 });
    const first = creditOf(await ask(session('ana'), { cents: 500, asked: [idOf('samir')] }));
    const before = zendesk.log.length;
    expect(await step(session('ben'), first, { type: 'approve' })).toMatchObject({
      why: 'pair-limit',
    });
    expect(writesButRepair(zendesk, before)).toEqual([]);
  });
});

describe('what must not be asked writes nothing', () => {
  it('by a light agent', async () => {
    const { zendesk, session, ask } = await openStory();
    const before = zendesk.log.length;
    expect(await ask(session('liv'))).toMatchObject({ kind: 'refused', why: 'light-agent' });
    expect(writesOf(zendesk, before)).toEqual([]);
  });

  it('on a closed ticket', async () => {
    const { zendesk, session, ask } = await openStory();
    ticketOf(zendesk, 1087).status = 'closed';
    const before = zendesk.log.length;
    expect(await ask(session('ana'))).toMatchObject({ kind: 'refused', why: 'closed' });
    expect(writesOf(zendesk, before)).toEqual([]);
  });

  it('when the budget could not be read', async () => {
    const { zendesk, session, ask } = await openStory();
    zendesk.faults.add({
      match: { method: 'GET', path: 'filter%5Bexternal_ids%5D|filter\\[external_ids\\]' },
      fault: { kind: 'status', status: 403 },
    });
    const before = zendesk.log.length;
    expect(await ask(session('ana'))).toMatchObject({ kind: 'failed', code: 'forbidden' });
    expect(writesOf(zendesk, before)).toEqual([]);
  });

  it('above the hard limit, splitting or not', async () => {
    const { zendesk, session, ask, step, idOf } = await openStory();
    const before = zendesk.log.length;
    expect(await ask(session('ana'), { cents: 50_001 })).toMatchObject({
      kind: 'refused',
      why: 'refused',
      decision: { band: 'refused' },
    });
    expect(writesOf(zendesk, before)).toEqual([]);
    const lead = { seenBand: 'lead', asked: [idOf('lea')] } as const;
    const first = creditOf(await ask(session('ana'), { cents: 30_000, ...lead }));
    await step(session('lea'), first, { type: 'approve' });
    expect(await ask(session('ana'), { cents: 20_001, ...lead })).toMatchObject({ why: 'refused' });
  });

  it('while the terms in force are frozen, or under none', async () => {
    const { zendesk, session, ask, idOf } = await openStory();
    const records = zendesk.state.records['leeway_terms'] ?? {};
    const newest = Object.values(records).at(-1);
    if (newest) newest.updated_by_user_id = idOf('ben');
    const before = zendesk.log.length;
    expect(await ask(session('ana'))).toMatchObject({ kind: 'refused', why: 'terms-frozen' });
    zendesk.state.records['leeway_terms'] = {};
    expect(await ask(session('ana', 'new'))).toMatchObject({ kind: 'refused', why: 'terms-none' });
    expect(writesOf(zendesk, before)).toEqual([]);
  });

  it('to somebody who may not check, or to no lead where one is needed', async () => {
    const { zendesk, session, ask, idOf } = await openStory();
    const before = zendesk.log.length;
    const cases = [
      [[idOf('ana')], 'is-maker'],
      [[idOf('liv')], 'light-agent'],
      [[idOf('carl')], 'not-active'],
      [[], 'too-few-asked'],
    ] as const;
    for (const [asked, why] of cases) {
      expect(await ask(session('ana'), { asked })).toMatchObject({ kind: 'refused', why });
    }
    expect(
      await ask(session('ana'), { cents: 12_000, seenBand: 'lead', asked: [idOf('ben')] }),
    ).toMatchObject({ why: 'not-a-lead' });
    expect(writesOf(zendesk, before)).toEqual([]);
  });

  it('without the note that its reason needs, or without a word on why it is an exception', async () => {
    const { zendesk, session, ask } = await openStory();
    const before = zendesk.log.length;
    const ana = session('ana');
    expect(await ask(ana, { note: ' ', needs: { note: true, exception: false } })).toMatchObject({
      kind: 'refused',
      why: 'note-missing',
    });
    const unsaid = { exception: '\n', needs: { note: false, exception: true } };
    expect(await ask(ana, unsaid)).toMatchObject({ kind: 'refused', why: 'exception-missing' });
    expect(zendesk.log.slice(before)).toEqual([]);
    expect((await ask(ana, { needs: { note: true, exception: false } })).kind).toBe('done');
  });

  it('when Zendesk would let two slots share a number', async () => {
    const { zendesk, session, ask } = await openStory();
    zendesk.faults.add({
      match: { method: 'POST', path: 'leeway_credit/records$' },
      fault: { kind: 'status', status: 403 },
    });
    expect(await ask(session('ana'))).toMatchObject({ kind: 'failed' });
    expect(writesOf(zendesk).filter((write) => write.startsWith('PUT'))).toEqual([]);
  });
});

describe('lost answers', () => {
  it('find the ask that had landed', async () => {
    const { zendesk, session, ask } = await openStory();
    zendesk.faults.add({
      match: { method: 'PUT', path: '/tickets/', times: 1 },
      fault: { kind: 'lost-after' },
    });
    expect(await ask(session('ana'))).toMatchObject({ kind: 'done' });
    const puts = writesOf(zendesk).filter((write) => write.startsWith('PUT'));
    expect(puts).toHaveLength(1);
  });

  it('leave an ask unknown that may still land, and block the next on that ticket until it cannot', async () => {
    const { zendesk, clock, session, ask } = await openStory();
    zendesk.faults.add({
      match: { method: 'PUT', path: '/tickets/', times: 1 },
      fault: { kind: 'lost-before' },
    });
    expect(await ask(session('ana'))).toMatchObject({ kind: 'unknown' });
    expect(await ask(session('ana'))).toMatchObject({ kind: 'refused', why: 'unfinished' });
    expect(await ask(session('ana', 'other'))).toMatchObject({
      kind: 'refused',
      why: 'unfinished',
    });
    await clock.advance(11 * MINUTE);
    expect(await ask(session('ana'))).toMatchObject({ kind: 'done' });
  });

  it('approve once, however often the answer is lost', async () => {
    const { zendesk, session, ask, step } = await openStory();
    const credit = creditOf(await ask(session('ana')));
    zendesk.faults.add({
      match: { method: 'PUT', path: '/tickets/', times: 1 },
      fault: { kind: 'lost-after' },
    });
    const done = creditOf(await step(session('ben'), credit, { type: 'approve' }));
    expect(done.signatures).toHaveLength(1);
  });

  it('claim a slot once when its answer is lost', async () => {
    const { zendesk, session, ask } = await openStory();
    const ana = session('ana');
    await ana.helpdesk.probe(ana.me);
    zendesk.faults.add({
      match: { method: 'POST', path: 'leeway_credit/records$', times: 1 },
      fault: { kind: 'lost-after' },
      skip: 2,
    });
    const credit = creditOf(await ask(ana));
    const slots = Object.values(zendesk.state.records['leeway_credit'] ?? {}).filter(
      ({ custom_object_fields: fields }) => fields['credit_id'] === credit.id,
    );
    expect(slots).toHaveLength(1);
  });
});

describe('an approval under terms that ended', () => {
  it('counts within the hour of an open tab and is not written after it', async () => {
    const { clock, session, ask, step, publish } = await openStory();
    const credit = creditOf(await ask(session('ana')));
    await clock.advance(MINUTE);
    await publish({ agent_budget: 300 });
    await clock.advance(2 * HOUR);
    const done = creditOf(await step(session('ben'), credit, { type: 'approve' }));
    expect(done.signatures[0]?.terms).toBe(3);
  });
});
