import { describe, expect, it } from 'vitest';
import { ticketId } from '#domain/ids.ts';
import { addUser } from '#simulator/people.ts';
import { followUp, replyByMobile } from '#simulator/reply-actions.ts';
import { changeByRule, closeTicket } from '#simulator/ticket-actions.ts';
import { journal, must, openAccount, ORIGIN, stepOn, ticket } from './adapter-account.ts';

describe('the journal', () => {
  it('holds one audit for one step, with note, metadata, follower and field', async () => {
    const account = openAccount();
    const { zendesk, state, ana, ben, helpdeskOf, idOf } = account;
    const helpdesk = helpdeskOf(ana);
    const before = await helpdesk.readTicket(ticket);
    expect(before).toMatchObject({
      status: 'new',
      tags: ['vip'],
      followers: [],
      statusField: null,
    });
    const step = stepOn(before.updatedStamp, { follow: [idOf(ben)] });
    const written = await helpdesk.writeStep(ticket, step);

    expect(written.followers).toEqual([idOf(ben)]);
    const audits = await helpdesk.readAudits(ticket);
    expect(audits).toHaveLength(2);
    expect(audits[0]).toMatchObject({ creates: true, leeway: undefined });
    expect(audits[1]).toEqual(written.audit);
    expect(written.audit).toMatchObject({
      author: idOf(ana),
      channel: 'web',
      creates: false,
      leeway: journal,
      comment: { author: idOf(ana), public: false },
    });
    const shown = written.audit.comment?.text.replaceAll('\u2060', '');
    expect(shown).toBe('Ana asks @Ben {{ticket.requester.name}} <b>for</b> {% assign %}$25.00');
    const after = await helpdesk.readTicket(ticket);
    expect(after).toMatchObject({
      status: 'new',
      tags: ['leeway_waiting', 'vip'],
      followers: [idOf(ben)],
      statusField: 'leeway_waiting',
      updatedStamp: written.ticketUpdatedStamp,
    });
    expect(state.audits['1001']).toHaveLength(2);
    expect(zendesk.log.filter(({ method }) => method === 'PUT')).toHaveLength(1);
  });

  it('takes followers away and empties the field with the step that decides', async () => {
    const { ana, ben, helpdeskOf, idOf } = openAccount();
    const helpdesk = helpdeskOf(ana);
    const { updatedStamp } = await helpdesk.readTicket(ticket);
    const first = await helpdesk.writeStep(ticket, stepOn(updatedStamp, { follow: [idOf(ben)] }));
    const decided = stepOn(first.ticketUpdatedStamp, { unfollow: [idOf(ben)], statusField: null });
    expect((await helpdesk.writeStep(ticket, decided)).followers).toEqual([]);
    expect(await helpdesk.readTicket(ticket)).toMatchObject({ tags: ['vip'], statusField: null });
  });

  it('says who was not made a follower where following is switched off', async () => {
    const { state, ana, ben, helpdeskOf, idOf } = openAccount();
    state.account.ccs_and_followers = false;
    const helpdesk = helpdeskOf(ana);
    const { updatedStamp } = await helpdesk.readTicket(ticket);
    const step = stepOn(updatedStamp, { follow: [idOf(ben)] });
    expect((await helpdesk.writeStep(ticket, step)).followers).toEqual([]);
  });

  it('takes no step on a ticket that changed since it was read', async () => {
    const { state, clock, ana, ben, helpdeskOf } = openAccount();
    const helpdesk = helpdeskOf(ana);
    const { updatedStamp } = await helpdesk.readTicket(ticket);
    clock.advance(1000);
    await helpdeskOf(ben).writeStep(ticket, stepOn(updatedStamp));
    clock.advance(1000);
    await expect(helpdesk.writeStep(ticket, stepOn(updatedStamp))).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(state.audits['1001']).toHaveLength(2);
  });

  it('takes no step on a closed ticket, nor of a light agent', async () => {
    const { zendesk, ana, lin, helpdeskOf } = openAccount();
    const { updatedStamp } = await helpdeskOf(ana).readTicket(ticket);
    await expect(helpdeskOf(lin).writeStep(ticket, stepOn(updatedStamp))).rejects.toMatchObject({
      code: 'forbidden',
    });
    closeTicket(zendesk.world, 1001);
    const closed = await helpdeskOf(ana).readTicket(ticket);
    expect(closed.status).toBe('closed');
    await expect(
      helpdeskOf(ana).writeStep(ticket, stepOn(closed.updatedStamp)),
    ).rejects.toMatchObject({ code: 'closed' });
  });

  it.each(['lost-after', 'malformed'] as const)(
    'has the step though its answer was %s: the outcome is unknown, and nothing is repeated',
    async (kind) => {
      const { zendesk, ana, helpdeskOf } = openAccount();
      const helpdesk = helpdeskOf(ana);
      const { updatedStamp } = await helpdesk.readTicket(ticket);
      zendesk.faults.add({ match: { method: 'PUT' }, fault: { kind } });
      await expect(helpdesk.writeStep(ticket, stepOn(updatedStamp))).rejects.toMatchObject({
        code: 'outcome-unknown',
      });
      expect(zendesk.log.filter(({ method }) => method === 'PUT')).toHaveLength(1);
      expect((await helpdesk.readAudits(ticket)).at(-1)?.leeway).toBe(journal);
    },
  );

  it('shows what others did: a reply by phone, a rule, another customer', async () => {
    const { zendesk, ana, ben, lin, cara, helpdeskOf, idOf } = openAccount();
    replyByMobile(zendesk.world, {
      ticket_id: 1001,
      user_id: ben.id,
      text: 'approve LW-234567 25.00\nfine by me',
      public: false,
    });
    changeByRule(zendesk.world, 1001, { status: 'open' });
    const other = addUser(zendesk.state, { name: 'Other Customer' });
    await zendesk.handle(
      new Request(`${ORIGIN}/api/v2/tickets/1001`, {
        method: 'PUT',
        headers: { 'x-simulator-user': String(ana.id), 'content-type': 'application/json' },
        body: JSON.stringify({
          ticket: {
            requester_id: other.id,
            comment: { body: 'I am Lin', public: false, author_id: lin.id },
          },
        }),
      }),
    );
    const [created, reply, rule, change] = await helpdeskOf(ana).readAudits(ticket);
    expect(created).toMatchObject({
      creates: true,
      author: idOf(cara),
      comment: { public: true, text: 'Where is it?' },
    });
    expect(created?.changes).toContainEqual({ field: 'requester_id', value: idOf(cara) });
    expect(reply).toMatchObject({
      channel: 'mobile',
      author: idOf(ben),
      comment: { author: idOf(ben), public: false },
    });
    expect(reply?.comment?.text.split('\n')[0]).toBe('approve LW-234567 25.00');
    expect(rule).toMatchObject({
      channel: 'rule',
      author: null,
      changes: [{ field: 'status', value: 'open' }],
    });
    expect(change).toMatchObject({
      author: idOf(ana),
      comment: { author: idOf(lin) },
      changes: [{ field: 'requester_id', value: idOf(other) }],
    });
  });

  it('is read whole, over as many pages as it has', async () => {
    const { zendesk, ana, ben, helpdeskOf, asked } = openAccount();
    for (let turn = 0; turn < 150; turn += 1) {
      changeByRule(zendesk.world, 1001, { status: turn % 2 === 0 ? 'pending' : 'open' });
    }
    const audits = await helpdeskOf(ana).readAudits(ticket);
    expect(audits).toHaveLength(151);
    expect(audits.filter(({ creates }) => creates)).toEqual([audits[0]]);
    expect(asked()).toHaveLength(2);
    zendesk.faults.add({
      match: { path: 'page\\[after\\]' },
      fault: { kind: 'status', status: 503 },
    });
    await expect(helpdeskOf(ben).readAudits(ticket)).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('of an archived ticket comes unpaged', async () => {
    const { state, ana, helpdeskOf } = openAccount();
    Object.assign(must(state.tickets['1001']), { archived: true });
    expect(await helpdeskOf(ana).readAudits(ticket)).toHaveLength(1);
  });

  it('goes with a deleted ticket', async () => {
    const { state, ana, helpdeskOf } = openAccount();
    Object.assign(must(state.tickets['1001']), { deleted: true });
    await expect(helpdeskOf(ana).readAudits(ticket)).rejects.toMatchObject({ code: 'not-found' });
    await expect(helpdeskOf(ana).readTicket(ticket)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('does not follow a copy: a follow-up says what it comes from, and is tidied', async () => {
    const { zendesk, state, ana, helpdeskOf } = openAccount();
    const helpdesk = helpdeskOf(ana);
    const { updatedStamp } = await helpdesk.readTicket(ticket);
    await helpdesk.writeStep(ticket, stepOn(updatedStamp));
    closeTicket(zendesk.world, 1001);
    const source = must(state.tickets['1001']);
    const next = followUp(zendesk.world, source, must(state.users[String(ana.id)]), 'Again', 'web');
    const id = must(ticketId(next.ticket.id));
    const copy = await helpdesk.readTicket(id);
    expect(copy).toMatchObject({ statusField: 'leeway_waiting', viaFollowUpOf: ticket });
    await helpdesk.tidyTicket(id, {
      follow: [],
      unfollow: [],
      statusField: null,
      updatedStamp: copy.updatedStamp,
    });
    expect(await helpdesk.readTicket(id)).toMatchObject({ statusField: null, tags: ['vip'] });
    const last = (await helpdesk.readAudits(id)).at(-1);
    expect(last).toMatchObject({ leeway: undefined, comment: null });
  });
});
