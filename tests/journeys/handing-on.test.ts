import { describe, expect, it } from 'vitest';
import { statusOf } from '#domain/credit.ts';
import type { StaffKey } from '#simulator/scenarios/staff.ts';
import { creditOf, openStory } from '#tests/support/story-shop.ts';

type Story = Awaited<ReturnType<typeof openStory>>;

/** What Zendesk has of ticket 1087 and of Ana's only slot there. */
function seenOn({ zendesk, idOf }: Story) {
  const slots = Object.values(zendesk.state.records['leeway_credit'] ?? {});
  const slot = slots.findLast(({ custom_object_fields: fields }) => fields['ticket'] === '1087');
  const fields = slot?.custom_object_fields ?? {};
  const names = new Map(
    (['ben', 'priya', 'samir', 'lea', 'tomas'] as const).map((who) => [idOf(who) as string, who]),
  );
  const note = zendesk.state.audits['1087']
    ?.at(-1)
    ?.events.find(({ type }) => type === 'Comment') as { html_body?: string } | undefined;
  return {
    followers: (zendesk.state.tickets['1087']?.follower_ids ?? []).map((id) =>
      names.get(String(id)),
    ),
    asked: [1, 2, 3, 4, 5].flatMap((at) => names.get(String(fields[`asked_${String(at)}`])) ?? []),
    note: note?.html_body ?? '',
  };
}

async function setUp() {
  const story = await openStory();
  const ids = (...people: StaffKey[]) => people.map(story.idOf);
  const ana = story.session('ana');
  return { story, ids, ana };
}

describe('a pool', () => {
  it('is told all at once, and the first to answer counts, be it the second', async () => {
    const { story, ids, ana } = await setUp();
    const credit = creditOf(await story.ask(ana, { asked: ids('ben', 'priya') }));
    expect(seenOn(story).followers).toEqual(['ben', 'priya']);
    await story.clock.advance(1000);
    const posted = await story.step(story.session('priya'), credit, { type: 'approve' });
    expect(creditOf(posted).state.kind).toBe('posted');
    expect(seenOn(story).followers).toEqual([]);
    await story.clock.advance(1000);
    const late = await story.step(story.session('ben'), credit, { type: 'approve' });
    expect(late).toMatchObject({ kind: 'refused' });
  });
});

describe('handing a credit on', () => {
  it('calls the new colleague, and the one before follows no longer but may still decide', async () => {
    const { story, ids, ana } = await setUp();
    const credit = creditOf(await story.ask(ana, { asked: ids('ben') }));
    await story.clock.advance(1000);
    const ask = { type: 'ask', lead: false, asked: ids('priya') } as const;
    const handed = creditOf(await story.step(ana, credit, ask));
    expect(statusOf(handed)).toBe('waiting-cosign');
    expect(handed.expiresAt).toBe(credit.expiresAt);
    const seen = seenOn(story);
    expect(seen.followers).toEqual(['priya']);
    expect(seen.asked).toEqual(['priya']);
    await story.clock.advance(1000);
    const decided = await story.step(story.session('ben'), credit, { type: 'approve' });
    expect(creditOf(decided).state.kind).toBe('posted');
    expect(seenOn(story).followers).toEqual([]);
  });

  it('makes a pool where the one before is kept, and calls only the new one', async () => {
    const { story, ids, ana } = await setUp();
    const credit = creditOf(await story.ask(ana, { asked: ids('ben') }));
    await story.clock.advance(1000);
    creditOf(
      await story.step(ana, credit, { type: 'ask', lead: false, asked: ids('ben', 'priya') }),
    );
    const seen = seenOn(story);
    expect(seen.followers).toEqual(['ben', 'priya']);
    expect(seen.asked).toEqual(['ben', 'priya']);
    expect(seen.note).toContain('@Priya Raman, please');
    expect(seen.note).not.toContain('@Ben');
  });

  it('brings somebody back who had been handed off', async () => {
    const { story, ids, ana } = await setUp();
    const credit = creditOf(await story.ask(ana, { asked: ids('ben') }));
    for (const who of ['priya', 'ben'] as const) {
      await story.clock.advance(1000);
      creditOf(await story.step(ana, credit, { type: 'ask', lead: false, asked: ids(who) }));
    }
    expect(seenOn(story)).toMatchObject({ followers: ['ben'], asked: ['ben'] });
  });

  it('goes from lead to lead, and never from a lead to a colleague', async () => {
    const { story, ids, ana } = await setUp();
    const asked = { asked: ids('lea'), cents: 12_500, seenBand: 'lead' } as const;
    const credit = creditOf(await story.ask(ana, asked));
    await story.clock.advance(1000);
    const toBen = { type: 'ask', lead: false, asked: ids('ben') } as const;
    expect(await story.step(ana, credit, toBen)).toMatchObject({
      kind: 'refused',
      why: 'needs-lead',
    });
    const toColleague = { type: 'ask', lead: true, asked: ids('priya') } as const;
    expect(await story.step(ana, credit, toColleague)).toMatchObject({
      kind: 'refused',
      why: 'not-a-lead',
    });
    const toSamir = { type: 'ask', lead: true, asked: ids('samir') } as const;
    const handed = creditOf(await story.step(ana, credit, toSamir));
    expect(statusOf(handed)).toBe('waiting-lead');
    expect(seenOn(story)).toMatchObject({ followers: ['samir'], asked: ['samir'] });
  });

  it('leaves it with the colleagues too when a lead is asked besides', async () => {
    const { story, ids, ana } = await setUp();
    const credit = creditOf(await story.ask(ana, { asked: ids('ben') }));
    await story.clock.advance(1000);
    creditOf(await story.step(ana, credit, { type: 'ask', lead: true, asked: ids('lea') }));
    expect(seenOn(story)).toMatchObject({ followers: ['ben', 'lea'], asked: ['ben', 'lea'] });
  });

  it('takes it from whoever declined once a lead is asked', async () => {
    const { story, ids, ana } = await setUp();
    const credit = creditOf(await story.ask(ana, { asked: ids('ben') }));
    await story.clock.advance(1000);
    const declined = await story.step(story.session('ben'), credit, {
      type: 'decline',
      reason: 'Too much.',
    });
    expect(statusOf(creditOf(declined))).toBe('declined');
    await story.clock.advance(1000);
    const toPriya = { type: 'ask', lead: false, asked: ids('priya') } as const;
    expect(await story.step(ana, credit, toPriya)).toMatchObject({
      kind: 'refused',
      why: 'needs-lead',
    });
    creditOf(await story.step(ana, credit, { type: 'ask', lead: true, asked: ids('lea') }));
    expect(seenOn(story)).toMatchObject({ followers: ['lea'], asked: ['lea'] });
  });

  it('is not for those who have nothing to do with it', async () => {
    const { story, ids, ana } = await setUp();
    const credit = creditOf(await story.ask(ana, { asked: ids('ben') }));
    await story.clock.advance(1000);
    const ask = { type: 'ask', lead: false, asked: ids('samir') } as const;
    expect(await story.step(story.session('tomas'), credit, ask)).toMatchObject({
      kind: 'refused',
      why: 'not-asked',
    });
  });
});
