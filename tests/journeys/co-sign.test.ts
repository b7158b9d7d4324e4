import { describe, expect, it } from 'vitest';
import { statusOf } from '#domain/credit.ts';
import { fold } from '#domain/fold.ts';
import { readTermsHistory } from '#use-cases/terms-history.ts';
import { creditOf, DAY, HOUR, MINUTE, openStory, writesOf } from '#tests/support/story-shop.ts';

const RECORDS = '/api/v2/custom_objects/leeway_credit/records';

describe('asking one colleague', () => {
  it('writes one slot and one ticket update, and after the approval one of each again', async () => {
    const { zendesk, clock, session, ask, step, idOf } = await openStory();
    const asked = await ask(session('ana'));
    const credit = creditOf(asked);
    expect(statusOf(credit)).toBe('waiting-cosign');
    const probes = writesOf(zendesk).filter((_, index) => index < 2);
    expect(probes).toEqual([`POST ${RECORDS}`, `POST ${RECORDS}`]);
    const journal = 'PUT /api/v2/tickets/1087';
    expect(writesOf(zendesk).slice(-2)).toEqual([`POST ${RECORDS}`, journal]);

    await clock.advance(MINUTE);
    // Known since the ticket was opened.
    const ben = session('ben');
    await ben.people.get([idOf('ben'), idOf('ada')]);
    const before = zendesk.log.length;
    const approved = await step(ben, credit, { type: 'approve' });
    expect(statusOf(creditOf(approved))).toBe('posted');
    expect(writesOf(zendesk, before)).toEqual([journal, `PATCH ${RECORDS}/{record}`]);
    const reads = zendesk.log.slice(before).filter(({ method }) => method === 'GET');
    expect(reads.map(({ path }) => path)).toHaveLength(3);
  });

  it('shows the same after any reload, to anybody', async () => {
    const { session, ask, step, ticketOf } = await openStory();
    const credit = creditOf(await ask(session('ana')));
    const reread = async (who: 'lea' | 'tomas') => {
      const context = session(who);
      const audits = await context.helpdesk.readAudits(ticketOf(1087));
      const ledger = fold(audits, await readTermsHistory(context), context.clock.now());
      expect(ledger.problems).toEqual([]);
      return ledger.credits.map(statusOf);
    };
    expect(await reread('lea')).toEqual(['waiting-cosign']);
    await step(session('ben'), credit, { type: 'approve' });
    expect(await reread('tomas')).toEqual(['posted']);
  });

  it('makes the asked colleague a follower while the credit waits, and no longer', async () => {
    const { zendesk, session, ask, step, idOf } = await openStory();
    const followers = () => zendesk.state.tickets['1087']?.follower_ids;
    const asked = await ask(session('ana'));
    expect(asked).toMatchObject({ kind: 'done', notNotified: [] });
    expect(followers()).toEqual([Number(idOf('ben'))]);
    await step(session('ben'), creditOf(asked), { type: 'approve' });
    expect(followers()).toEqual([]);
  });

  it('says who could not be notified where followers are switched off', async () => {
    const { zendesk, session, ask, idOf } = await openStory();
    zendesk.state.account.ccs_and_followers = false;
    expect(await ask(session('ana'))).toMatchObject({ kind: 'done', notNotified: [idOf('ben')] });
  });

  it('keeps a follower who was one before', async () => {
    const { zendesk, session, ask, step, idOf } = await openStory();
    const ticket = zendesk.state.tickets['1087'];
    ticket?.follower_ids.push(Number(idOf('ben')));
    const credit = creditOf(await ask(session('ana')));
    await step(session('ben'), credit, { type: 'approve' });
    expect(ticket?.follower_ids).toEqual([Number(idOf('ben'))]);
  });

  it('sets the status field to what waits, then to what is posted', async () => {
    const { zendesk, session, ask, step } = await openStory();
    const tags = () =>
      zendesk.state.tickets['1087']?.tags.filter((tag) => tag.startsWith('leeway'));
    const credit = creditOf(await ask(session('ana')));
    expect(tags()).toEqual(['leeway_waiting']);
    await step(session('ben'), credit, { type: 'approve' });
    expect(tags()).toEqual(['leeway_posted']);
  });
});

describe('more than one co-signer', () => {
  it('posts with the last one needed, each another person', async () => {
    const { session, ask, step, publish, idOf } = await openStory();
    await publish({ cosigners_required: 2 });
    expect(await ask(session('ana'))).toMatchObject({ kind: 'refused', why: 'too-few-asked' });
    const asked = [idOf('ben'), idOf('priya')];
    const credit = creditOf(await ask(session('ana'), { asked }));
    const first = creditOf(await step(session('ben'), credit, { type: 'approve' }));
    expect([statusOf(first), first.signatures.length, first.needed]).toEqual([
      'waiting-cosign',
      1,
      2,
    ]);
    expect(await step(session('ben'), credit, { type: 'approve' })).toMatchObject({
      kind: 'refused',
      why: 'already-signed',
    });
    const last = creditOf(await step(session('priya'), credit, { type: 'approve' }));
    expect(statusOf(last)).toBe('posted');
  });

  it('lets one lead post it alone', async () => {
    const { session, ask, step, publish, idOf } = await openStory();
    await publish({ cosigners_required: 3 });
    const asked = [idOf('ben'), idOf('priya'), idOf('tomas')];
    const credit = creditOf(await ask(session('ana'), { asked }));
    expect(statusOf(creditOf(await step(session('lea'), credit, { type: 'approve' })))).toBe(
      'posted',
    );
  });
});

describe('a decline', () => {
  it('needs a reason, ends the peer way, and leaves a lead to decide', async () => {
    const { session, ask, step, idOf } = await openStory();
    const credit = creditOf(await ask(session('ana')));
    expect(await step(session('ben'), credit, { type: 'decline', reason: ' ' })).toMatchObject({
      kind: 'refused',
      why: 'reason-missing',
    });
    const declined = await step(session('ben'), credit, { type: 'decline', reason: 'Too much.' });
    expect(statusOf(creditOf(declined))).toBe('declined');
    expect(await step(session('priya'), credit, { type: 'approve' })).toMatchObject({
      kind: 'refused',
      why: 'needs-lead',
    });
    const toLead = { type: 'ask', lead: true, asked: [idOf('lea')] } as const;
    expect(statusOf(creditOf(await step(session('ana'), credit, toLead)))).toBe('waiting-lead');
    expect(statusOf(creditOf(await step(session('lea'), credit, { type: 'approve' })))).toBe(
      'posted',
    );
  });

  it('makes the next credit on the ticket a lead’s', async () => {
    const { session, ask, step, idOf } = await openStory();
    const credit = creditOf(await ask(session('ana')));
    await step(session('ben'), credit, { type: 'decline', reason: 'Too much.' });
    await step(session('ana'), credit, { type: 'withdraw' });
    expect(await ask(session('ana'), { cents: 500 })).toMatchObject({
      kind: 'changed',
      decision: { band: 'lead', reasons: ['after-decline', 'above-self-limit'] },
    });
    const again = await ask(session('ana'), { cents: 500, seenBand: 'lead', asked: [idOf('lea')] });
    expect(statusOf(creditOf(again))).toBe('waiting-lead');
  });
});

describe('withdrawing, expiring and reversing', () => {
  it('gives the budget back on withdrawal', async () => {
    const { zendesk, session, ask, step } = await openStory();
    const credit = creditOf(await ask(session('ana')));
    const done = await step(session('ana'), credit, { type: 'withdraw' });
    expect(done).toMatchObject({ kind: 'done', slotMoved: true });
    const slot = Object.values(zendesk.state.records['leeway_credit'] ?? {}).find(
      ({ custom_object_fields: fields }) => fields['credit_id'] === credit.id,
    );
    expect(slot?.custom_object_fields['status']).toBe('leeway_void');
  });

  it('refuses an approval after the hours of the request, and moves the slot', async () => {
    const { zendesk, clock, session, ask, step } = await openStory();
    const credit = creditOf(await ask(session('ana')));
    await clock.advance(DAY + HOUR);
    const before = zendesk.log.length;
    expect(await step(session('ben'), credit, { type: 'approve' })).toMatchObject({
      kind: 'refused',
      why: 'expired',
    });
    expect(new Set(writesOf(zendesk, before))).toEqual(new Set([`PATCH ${RECORDS}/{record}`]));
  });

  it('lets the maker reverse within the hold, and only a lead later', async () => {
    const { clock, session, ask, step } = await openStory();
    const one = creditOf(await ask(session('ana'), { cents: 1000 }));
    await step(session('ben'), one, { type: 'approve' });
    const back = await step(session('ana'), one, { type: 'reverse', reason: 'Sent twice.' });
    expect(creditOf(back).state).toMatchObject({ kind: 'reversed', late: false });

    await clock.advance(MINUTE);
    const two = creditOf(await ask(session('ana'), { cents: 1000 }));
    await step(session('ben'), two, { type: 'approve' });
    await clock.advance(25 * HOUR);
    const reverse = { type: 'reverse', reason: 'Fraud.' } as const;
    expect(await step(session('ana'), two, reverse)).toMatchObject({ why: 'hold-over' });
    const late = await step(session('lea'), two, reverse);
    expect(creditOf(late).state).toMatchObject({ kind: 'reversed', late: true });
  });
});

describe('a self-band credit', () => {
  it('is posted by its request: one slot, one ticket update', async () => {
    const { zendesk, session, ask, publish } = await openStory();
    await publish({ self_limit: 30 });
    const ana = session('ana');
    await ana.helpdesk.probe(ana.me);
    const before = zendesk.log.length;
    const given = await ask(ana, { seenBand: 'self', asked: [] });
    expect(statusOf(creditOf(given))).toBe('posted');
    expect(writesOf(zendesk, before).slice(-2)).toEqual([
      `POST ${RECORDS}`,
      'PUT /api/v2/tickets/1087',
    ]);
    const slot = Object.values(zendesk.state.records['leeway_credit'] ?? {}).at(-1);
    expect(slot?.custom_object_fields['status']).toBe('leeway_posted');
  });
});
