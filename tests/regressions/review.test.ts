import { describe, expect, it } from 'vitest';
import { statusOf } from '#domain/credit.ts';
import { fold } from '#domain/fold.ts';
import { replyByMobile } from '#simulator/reply-actions.ts';
import { createMemory } from '#app/simulated-session.ts';
import { affirmTerms } from '#use-cases/publish-terms.ts';
import { repairSlots } from '#use-cases/repair-slots.ts';
import { readTermsHistory } from '#use-cases/terms-history.ts';
import { creditOf, MINUTE, openStory } from '#tests/support/story-shop.ts';

type Story = Awaited<ReturnType<typeof openStory>>;

const slotsOf = ({ zendesk }: Story, ticket = '1087') =>
  Object.values(zendesk.state.records['leeway_credit'] ?? {}).filter(
    ({ custom_object_fields: fields }) => fields['ticket'] === ticket,
  );

const ledgerOf = async ({ session, ticketOf }: Story, ticket = 1087) => {
  const context = session('lea', 'looking');
  const audits = await context.helpdesk.readAudits(ticketOf(ticket));
  return fold(audits, await readTermsHistory(context), context.clock.now());
};

const onPhone = ({ zendesk, idOf }: Story, who: 'ben' | 'priya', text: string) =>
  replyByMobile(zendesk.world, {
    ticket_id: 1087,
    user_id: Number(idOf(who)),
    text,
    public: false,
  });

describe('two windows of one agent on one ticket', () => {
  it('that send the same ask at once make one credit of it, and the other is told', async () => {
    const story = await openStory();
    const windows = [story.session('ana', 'one'), story.session('ana', 'two')];
    const outcomes = await Promise.all(windows.map((window) => story.ask(window)));
    expect(outcomes.filter(({ kind }) => kind === 'done')).toHaveLength(1);
    expect(outcomes.filter(({ kind }) => kind === 'changed' || kind === 'refused')).toHaveLength(1);
    expect((await ledgerOf(story)).credits).toHaveLength(1);
  });
});

describe('a colleague’s decline by reply', () => {
  it('is not overtaken by an approval because its citation was lost once', async () => {
    const story = await openStory();
    const credit = creditOf(await story.ask(story.session('ana')));
    await story.clock.advance(MINUTE);
    onPhone(story, 'ben', `decline ${credit.code} too much`);
    await story.clock.advance(MINUTE);
    story.zendesk.faults.add({
      match: { method: 'PUT', path: '/tickets/', times: 1 },
      fault: { kind: 'lost-before' },
    });
    const outcome = await story.step(story.session('tomas'), credit, { type: 'approve' });
    expect(outcome).toMatchObject({ kind: 'refused', why: 'needs-lead' });
    expect((await ledgerOf(story)).credits.map(statusOf)).toEqual(['declined']);
  });

  it('is waited for while it cannot be written down', async () => {
    const story = await openStory();
    const credit = creditOf(await story.ask(story.session('ana')));
    await story.clock.advance(MINUTE);
    onPhone(story, 'ben', `decline ${credit.code} too much`);
    story.zendesk.faults.add({
      match: { method: 'PUT', path: '/tickets/' },
      fault: { kind: 'status', status: 503 },
    });
    const outcome = await story.step(story.session('tomas'), credit, { type: 'approve' });
    expect(outcome).toMatchObject({ kind: 'refused', why: 'reply-first' });
  });

  it('makes the next request on the ticket a lead’s, though nobody opened it since', async () => {
    const story = await openStory();
    const credit = creditOf(await story.ask(story.session('ana')));
    await story.clock.advance(MINUTE);
    onPhone(story, 'ben', `decline ${credit.code} too much`);
    await story.clock.advance(MINUTE);
    expect(
      await story.ask(story.session('tomas'), { cents: 500, asked: [story.idOf('priya')] }),
    ).toMatchObject({ kind: 'changed', decision: { band: 'lead' } });
  });
});

describe('a lost answer', () => {
  it('of a request is done when the journal has it, whatever else cannot be read', async () => {
    const story = await openStory();
    story.zendesk.faults.add({
      match: { method: 'PUT', path: '/tickets/1087', times: 1 },
      fault: { kind: 'lost-after' },
    });
    story.zendesk.faults.add({
      match: { method: 'GET', path: '/tickets/1087$' },
      skip: 1,
      fault: { kind: 'status', status: 403 },
    });
    expect(await story.ask(story.session('ana'))).toMatchObject({ kind: 'done' });
  });

  it('of an approval that cannot be read back is unknown, never “nothing happened”', async () => {
    const story = await openStory();
    const credit = creditOf(await story.ask(story.session('ana')));
    story.zendesk.faults.add({
      match: { method: 'PUT', path: '/tickets/1087', times: 1 },
      fault: { kind: 'lost-after' },
    });
    story.zendesk.faults.add({
      match: { method: 'GET', path: '/tickets/1087/audits' },
      skip: 1,
      fault: { kind: 'malformed' },
    });
    const outcome = await story.step(story.session('ben'), credit, { type: 'approve' });
    expect(outcome).toMatchObject({ kind: 'unknown' });
  });

  it('without its metadata frees no slot of a credit that the journal has', async () => {
    const story = await openStory();
    story.zendesk.faults.add({
      match: { method: 'PUT', path: '/tickets/1087', times: 1 },
      fault: { kind: 'malformed' },
    });
    expect(await story.ask(story.session('ana'))).toMatchObject({ kind: 'done' });
    const [slot] = slotsOf(story);
    expect(slot?.custom_object_fields['status']).toBe('leeway_reserved');
  });
});

describe('an answer that Zendesk noted in a channel that cannot carry events', () => {
  it('is not told as done', async () => {
    const story = await openStory();
    const credit = creditOf(await story.ask(story.session('ana')));
    await story.clock.advance(MINUTE);
    const ben = story.session('ben');
    const elsewhere: typeof ben = {
      ...ben,
      helpdesk: {
        ...ben.helpdesk,
        async writeStep(...step) {
          const written = await ben.helpdesk.writeStep(...step);
          return { ...written, audit: { ...written.audit, channel: 'native_app' } };
        },
      },
    };
    expect(await story.step(elsewhere, credit, { type: 'approve' })).toMatchObject({
      kind: 'refused',
      why: 'wrong-channel',
    });
  });
});

describe('a slot', () => {
  it('of a posted credit is not reversed by a client whose journal is old', async () => {
    const story = await openStory();
    const lea = story.session('lea');
    const readAt = lea.clock.now();
    const stale = await ledgerOf(story);
    const credit = creditOf(await story.ask(story.session('ana')));
    await story.step(story.session('ben'), credit, { type: 'approve' });
    await story.clock.advance(12 * MINUTE);
    const found = await lea.helpdesk.searchSlots({
      customer: story.customerOf(1087),
      asked: lea.me,
    });
    const { moved } = await repairSlots(lea, story.ticketOf(1087), stale, found, readAt);
    expect(moved).toEqual([]);
  });

  it('that copies another credit’s fields is not taken for that credit’s', async () => {
    const story = await openStory();
    const { session, step, byHand } = story;
    const first = creditOf(await story.ask(session('ana'), { cents: 1000 }));
    await step(session('ben'), first, { type: 'approve' });
    const second = creditOf(await story.ask(session('ana'), { cents: 1100 }));
    const [one, two] = slotsOf(story);
    await byHand('ana', 'PATCH', `/api/v2/custom_objects/leeway_credit/records/${one?.id ?? ''}`, {
      custom_object_record: { custom_object_fields: { ...two?.custom_object_fields } },
    });
    await step(session('ana'), second, { type: 'withdraw' });
    const statuses = slotsOf(story).map(({ custom_object_fields: fields }) => fields['status']);
    expect(statuses).toEqual(['leeway_reserved', 'leeway_void']);
  });

  it('is given back when the ticket cannot be read again after a conflict', async () => {
    const story = await openStory();
    story.zendesk.faults.add({
      match: { method: 'PUT', path: '/tickets/1087', times: 1 },
      fault: { kind: 'status', status: 409 },
    });
    story.zendesk.faults.add({
      match: { method: 'GET', path: '/tickets/1087$' },
      skip: 1,
      fault: { kind: 'status', status: 403 },
    });
    expect(await story.ask(story.session('ana'))).toMatchObject({ kind: 'failed' });
    expect(slotsOf(story)[0]?.custom_object_fields['status']).toBe('leeway_void');
    story.zendesk.faults.clear();
    expect(await story.ask(story.session('ana'))).toMatchObject({ kind: 'done' });
  });
});

describe('deleted slots of a maker', () => {
  it('bring in a lead, since nobody knows what they held', async () => {
    const story = await openStory();
    await story.publish({ self_limit: 90 });
    const alone = { seenBand: 'self', asked: [] } as const;
    const first = creditOf(await story.ask(story.session('ana'), { cents: 1000, ...alone }));
    await story.ask(story.session('ana'), { cents: 100, on: 1072, ...alone });
    const slot = slotsOf(story).find(
      ({ custom_object_fields: fields }) => fields['credit_id'] === first.id,
    );
    await story.byHand(
      'ana',
      'DELETE',
      `/api/v2/custom_objects/leeway_credit/records/${slot?.id ?? ''}`,
    );
    expect(await story.ask(story.session('ana'), { cents: 500, on: 1084, ...alone })).toMatchObject(
      {
        kind: 'changed',
        decision: { band: 'lead', reasons: ['slots-missing'] },
      },
    );
  });
});

describe('followers', () => {
  it('keep somebody whom another waiting credit of the ticket still asks', async () => {
    const story = await openStory();
    const { session, step, zendesk, idOf } = story;
    const first = creditOf(await story.ask(session('ana'), { cents: 1000 }));
    await story.ask(session('ana'), { cents: 1100 });
    await step(session('ben'), first, { type: 'approve' });
    expect(zendesk.state.tickets['1087']?.follower_ids).toEqual([Number(idOf('ben'))]);
  });
});

describe('asking somebody else', () => {
  it('checks them as the request does', async () => {
    const story = await openStory();
    const credit = creditOf(await story.ask(story.session('ana')));
    const ask = (asked: Parameters<Story['idOf']>[0][], lead: boolean) =>
      story.step(story.session('ana'), credit, { type: 'ask', lead, asked: asked.map(story.idOf) });
    expect(await ask(['ana'], false)).toMatchObject({ why: 'is-maker' });
    expect(await ask(['liv'], false)).toMatchObject({ why: 'light-agent' });
    expect(await ask(['priya'], true)).toMatchObject({ why: 'not-a-lead' });
    expect(await ask(['ben', 'priya', 'tomas', 'sakura', 'lea', 'samir'], false)).toMatchObject({
      why: 'too-many-asked',
    });
    expect(await ask(['lea'], true)).toMatchObject({ kind: 'done' });
  });
});

describe('a browser that remembers nothing', () => {
  it('finds an unfinished ask all the same, by its own slot', async () => {
    const story = await openStory();
    story.zendesk.faults.add({
      match: { method: 'PUT', path: '/tickets/', times: 1 },
      fault: { kind: 'lost-before' },
    });
    const forgetful = { ...story.session('ana'), memory: { ...createMemory(), read: () => null } };
    expect(await story.ask(forgetful)).toMatchObject({ kind: 'unknown' });
    expect(await story.ask(forgetful)).toMatchObject({ kind: 'refused', why: 'unfinished' });
  });
});

describe('the newest terms, deleted by hand', () => {
  it('do not bring the looser ones before them back', async () => {
    const story = await openStory();
    await story.publish({ hard_limit: 30, cosign_limit: 30 });
    await story.clock.advance(MINUTE);
    const ana = story.session('ana');
    expect(await story.ask(ana, { cents: 3100 })).toMatchObject({
      kind: 'refused',
      why: 'refused',
    });
    const records = story.zendesk.state.records['leeway_terms'] ?? {};
    const newest = Object.values(records).find(({ external_id: id }) => id === '3');
    await story.byHand(
      'ana',
      'DELETE',
      `/api/v2/custom_objects/leeway_terms/records/${newest?.id ?? ''}`,
    );
    expect(await story.ask(story.session('ana'), { cents: 3100 })).toMatchObject({
      kind: 'refused',
      why: 'terms-frozen',
    });
  });

  it('are affirmed by an admin whose browser has seen them, and hold again', async () => {
    const story = await openStory();
    const ada = story.session('ada');
    const before = await readTermsHistory(ada);
    const records = story.zendesk.state.records['leeway_terms'] ?? {};
    const newest = Object.values(records).find(({ external_id: id }) => id === '2');
    const path = `/api/v2/custom_objects/leeway_terms/records/${newest?.id ?? ''}`;
    await story.byHand('ana', 'DELETE', path);
    const deleted = (await readTermsHistory(ada)).at(-1);
    expect(deleted).toMatchObject({ state: 'frozen', why: 'missing', number: 2 });
    if (deleted) expect(await affirmTerms(ada, deleted)).toEqual({ kind: 'affirmed' });
    const again = (await readTermsHistory(story.session('ben'))).at(-1);
    expect(again).toMatchObject({ state: 'good', digest: before.at(-1)?.digest });
  });
});
