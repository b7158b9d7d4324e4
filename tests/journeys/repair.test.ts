import { describe, expect, it } from 'vitest';
import { fold } from '#domain/fold.ts';
import { readTermsHistory } from '#use-cases/terms-history.ts';
import { repairSlots } from '#use-cases/repair-slots.ts';
import { creditOf, DAY, MINUTE, openStory } from '#tests/support/story-shop.ts';

async function opened(story: Awaited<ReturnType<typeof openStory>>, who: 'ana' | 'lea') {
  const context = story.session(who);
  const ticket = story.ticketOf(1087);
  const readAt = context.clock.now();
  const [audits, history, found] = await Promise.all([
    context.helpdesk.readAudits(ticket),
    readTermsHistory(context),
    context.helpdesk.searchSlots({ customer: story.customerOf(1087), asked: context.me }),
  ]);
  const ledger = fold(audits, history, context.clock.now());
  return repairSlots(context, ticket, ledger, found, readAt);
}

const slotsOf = ({ zendesk }: Awaited<ReturnType<typeof openStory>>, ticket = '1087') =>
  Object.values(zendesk.state.records['leeway_credit'] ?? {}).filter(
    ({ custom_object_fields: fields }) => fields['ticket'] === ticket,
  );

describe('whoever opens the ticket', () => {
  it('moves the slot of an expired credit, and gives the budget back', async () => {
    const story = await openStory();
    await story.ask(story.session('ana'));
    await story.clock.advance(2 * DAY);
    expect((await opened(story, 'lea')).moved).toHaveLength(1);
    expect(slotsOf(story)[0]?.custom_object_fields['status']).toBe('leeway_void');
    expect((await opened(story, 'ana')).moved).toEqual([]);
  });

  it('finishes what an approver’s browser could not: the slot of a posted credit', async () => {
    const story = await openStory();
    const { session, zendesk } = story;
    const credit = creditOf(await story.ask(session('ana')));
    zendesk.faults.add({
      match: { method: 'PATCH', path: 'leeway_credit' },
      fault: { kind: 'lost-before' },
    });
    const done = await story.step(session('ben'), credit, { type: 'approve' });
    expect(done).toMatchObject({ kind: 'done', slotMoved: false });
    zendesk.faults.clear();
    await story.clock.advance(MINUTE);
    expect((await opened(story, 'lea')).moved).toHaveLength(1);
    expect(slotsOf(story)[0]?.custom_object_fields['status']).toBe('leeway_posted');
  });

  it('frees the slot of an ask that was never written, when it can no longer land', async () => {
    for (const band of ['peer', 'self'] as const) {
      const story = await openStory();
      if (band === 'self') await story.publish({ self_limit: 50 });
      story.zendesk.faults.add({
        match: { method: 'PUT', path: '/tickets/', times: 1 },
        fault: { kind: 'lost-before' },
      });
      const lost = await story.ask(story.session('ana'), {
        seenBand: band,
        ...(band === 'self' ? { asked: [] } : {}),
      });
      expect(lost).toMatchObject({ kind: 'unknown' });
      await story.clock.advance(MINUTE);
      expect((await opened(story, 'lea')).moved).toEqual([]);
      await story.clock.advance(10 * MINUTE);
      expect((await opened(story, 'lea')).moved).toHaveLength(1);
      const expected = band === 'self' ? 'leeway_reversed' : 'leeway_void';
      expect(slotsOf(story)[0]?.custom_object_fields['status']).toBe(expected);
    }
  });

  it('names a slot that was deleted or changed by hand, and leaves it to settlement', async () => {
    const story = await openStory();
    await story.ask(story.session('ana'));
    await story.clock.advance(MINUTE);
    const [slot] = slotsOf(story);
    const path = `/api/v2/custom_objects/leeway_credit/records/${slot?.id ?? ''}`;
    await story.byHand('ana', 'PATCH', path, {
      custom_object_record: { custom_object_fields: { amount_minor: 100 } },
    });
    await story.clock.advance(MINUTE);
    expect((await opened(story, 'lea')).differences.map(({ why }) => why)).toEqual([
      'other-fields',
    ]);
    await story.byHand('ana', 'DELETE', path);
    await story.clock.advance(MINUTE);
    const repaired = await opened(story, 'lea');
    expect([repaired.moved, repaired.differences.map(({ why }) => why)]).toEqual([[], ['missing']]);
  });
});

describe('a freed slot', () => {
  it('that its maker voided by hand still counts as spent where money is at stake', async () => {
    const story = await openStory();
    const { session, idOf } = story;
    const lead = { seenBand: 'lead', asked: [idOf('lea')] } as const;
    const first = creditOf(await story.ask(session('ana'), { cents: 12_000, ...lead }));
    await story.step(session('lea'), first, { type: 'approve' });
    const [slot] = slotsOf(story);
    await story.byHand(
      'ana',
      'PATCH',
      `/api/v2/custom_objects/leeway_credit/records/${slot?.id ?? ''}`,
      {
        custom_object_record: { custom_object_fields: { status: 'leeway_void' } },
      },
    );
    await story.clock.advance(MINUTE);
    // 200 − 50 of November's past − 120 leaves 30: 40 more is over the budget, slot or no slot.
    const more = await story.ask(session('ana'), { cents: 4000, on: 1084 });
    expect(more).toMatchObject({ kind: 'changed', decision: { band: 'lead', overrun: 1000 } });
  });
});

describe('a co-signer', () => {
  it('sees what is wrong with the maker’s budget, and may approve despite it', async () => {
    const story = await openStory();
    const { session, idOf } = story;
    const lead = { seenBand: 'lead', asked: [idOf('lea')] } as const;
    const first = creditOf(await story.ask(session('ana'), { cents: 12_000, ...lead }));
    await story.step(session('lea'), first, { type: 'approve' });
    const [slot] = slotsOf(story);
    const path = `/api/v2/custom_objects/leeway_credit/records/${slot?.id ?? ''}`;
    const second = creditOf(await story.ask(session('ana'), { cents: 1000, on: 1084 }));
    expect(await story.step(session('ben'), second, { type: 'approve' })).toMatchObject({
      kind: 'done',
    });

    const third = creditOf(await story.ask(session('ana'), { cents: 500, on: 1072 }));
    await story.byHand('ana', 'DELETE', path);
    const before = story.zendesk.log.length;
    const doubtful = await story.step(session('ben'), third, { type: 'approve' });
    expect(doubtful).toMatchObject({ kind: 'doubtful', doubts: [{ kind: 'slots-missing' }] });
    expect(story.zendesk.log.slice(before).filter(({ method }) => method === 'PUT')).toEqual([]);
    const despite = { type: 'approve', despite: true } as const;
    expect(await story.step(session('ben'), third, despite)).toMatchObject({ kind: 'done' });
  });
});
