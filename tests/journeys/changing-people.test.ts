import { describe, expect, it } from 'vitest';
import { fold } from '#domain/fold.ts';
import { formatSlotKey } from '#domain/slot-key.ts';
import {
  changeRole,
  changeUserTags,
  makeLightAgent,
  suspendUser,
} from '#simulator/people-actions.ts';
import { replyByMobile } from '#simulator/reply-actions.ts';
import { staff } from '#simulator/scenarios/staff.ts';
import { citeReplies } from '#use-cases/cite-replies.ts';
import { readTermsHistory } from '#use-cases/terms-history.ts';
import { creditOf, DAY, HOUR, MINUTE, openStory } from '#tests/support/story-shop.ts';

type Story = Awaited<ReturnType<typeof openStory>>;

async function asked(more = {}) {
  const story = await openStory();
  const credit = creditOf(await story.ask(story.session('ana'), more));
  await story.clock.advance(MINUTE);
  return { story, credit };
}

async function ledgerOf(story: Story) {
  const context = story.session('priya');
  const audits = await context.helpdesk.readAudits(story.ticketOf(1087));
  return fold(audits, await readTermsHistory(context), context.clock.now());
}

describe('a co-signer who is made a light agent between ask and answer', () => {
  it('cannot approve any more, and another colleague can', async () => {
    const { story, credit } = await asked();
    makeLightAgent(story.zendesk.world, staff.ben.id);
    expect(await story.step(story.session('ben'), credit, { type: 'approve' })).toMatchObject({
      kind: 'refused',
      why: 'light-agent',
    });
    expect(await story.step(story.session('priya'), credit, { type: 'approve' })).toMatchObject({
      kind: 'done',
      credit: { state: { kind: 'posted' } },
    });
  });

  it('has replied for nothing: facts are those at the citation', async () => {
    const { story, credit } = await asked();
    replyByMobile(story.zendesk.world, {
      ticket_id: 1087,
      user_id: staff.ben.id,
      text: `approve ${credit.code} 25.00`,
      public: false,
    });
    makeLightAgent(story.zendesk.world, staff.ben.id);
    const context = story.session('ana');
    const audits = await context.helpdesk.readAudits(story.ticketOf(1087));
    const history = await readTermsHistory(context);
    const reading = await citeReplies(context, story.ticketOf(1087), audits, history);
    expect(reading.ledger.credits[0]?.state.kind).toBe('open');
  });
});

describe('a co-signer who leaves long after', () => {
  it('leaves what was posted as it is', async () => {
    const { story, credit } = await asked();
    creditOf(await story.step(story.session('ben'), credit, { type: 'approve' }));
    await story.clock.advance(90 * DAY);
    changeRole(story.zendesk.world, staff.ben.id, 'end-user');
    suspendUser(story.zendesk.world, staff.ben.id);
    const [seen] = (await ledgerOf(story)).credits;
    expect(seen?.state.kind).toBe('posted');
    expect(seen?.signatures).toHaveLength(1);
  });
});

const SENIOR = `[[tier]]
key = "senior"
name = "Senior"
tag = "senior"
self_limit = 30
`;

describe('a maker who is moved to another tier', () => {
  it('gives alone only what the tier allows that they had when they asked', async () => {
    const { story, credit } = await asked();
    expect(credit.band).toBe('peer');
    await story.clock.advance(MINUTE);
    await story.publish({ tiers: SENIOR });
    await story.clock.advance(MINUTE);
    changeUserTags(story.zendesk.world, staff.ana.id, ['senior']);
    // What waits was asked for under the old tier, and goes on waiting.
    expect((await ledgerOf(story)).credits[0]?.state.kind).toBe('open');
    const alone = creditOf(
      await story.ask(story.session('ana', 'second'), { seenBand: 'self', asked: [], on: 1084 }),
    );
    expect(alone.state.kind).toBe('posted');
    await story.clock.advance(MINUTE);
    changeUserTags(story.zendesk.world, staff.ana.id, []);
    await story.clock.advance(MINUTE);
    expect(
      await story.ask(story.session('ana', 'third'), { seenBand: 'self', asked: [], on: 1085 }),
    ).toMatchObject({ kind: 'changed', decision: { band: 'peer' } });
  });
});

describe('a month that ends at midnight where the terms say it is', () => {
  it('gives a new budget from that second, while a credit asked before stays in its own', async () => {
    const story = await openStory();
    await story.publish({ time_zone: 'America/New_York' });
    // The clocks there went back on the first of November: midnight is five hours behind.
    const midnight = Date.UTC(2026, 11, 1, 5);
    await story.clock.advance(midnight - 2 * MINUTE - story.clock.now());
    const before = creditOf(await story.ask(story.session('ana')));
    expect(formatSlotKey(before.request.slot.key)).toContain('month:2026-11:America~New_York');
    await story.clock.advance(midnight - story.clock.now());
    const after = creditOf(await story.ask(story.session('ana', 'second'), { on: 1084 }));
    expect(formatSlotKey(after.request.slot.key)).toMatch(
      /^month:2026-12:America~New_York:USD\/\d+\/1$/,
    );
    expect(after.request.facts.budgetUsed).toBe(0);
    // Approved in December, it is November's money all the same.
    await story.clock.advance(HOUR);
    const signed = creditOf(await story.step(story.session('ben'), before, { type: 'approve' }));
    expect(signed.state.kind).toBe('posted');
    const slots = Object.values(story.zendesk.state.records['leeway_credit'] ?? {});
    const status = slots.find(
      ({ custom_object_fields: fields }) => fields['credit_id'] === before.id,
    )?.custom_object_fields['status'];
    expect(status).toBe('leeway_posted');
  });
});
