import { describe, expect, it } from 'vitest';
import { userId } from '#domain/ids.ts';
import { addArticle, addUser } from '#simulator/people.ts';
import { setAgentStatus } from '#simulator/people-actions.ts';
import { rateTicket } from '#simulator/ticket-actions.ts';
import { createTicket } from '#simulator/ticket-update.ts';
import { must, openAccount, stepOn, ticket } from './adapter-account.ts';

describe('people', () => {
  it('are read by id, those who do not exist absent', async () => {
    const { ana, lin, sue, cara, helpdeskOf, idOf, asked } = openAccount();
    const ids = [idOf(ana), idOf(lin), idOf(sue), idOf(cara), must(userId(999_999))];
    const people = await helpdeskOf(ana).readPeople(ids);
    expect(asked()).toHaveLength(1);
    expect([...people.keys()]).toEqual(ids.slice(0, 4));
    expect(people.get(idOf(ana))).toMatchObject({ role: 'agent', tags: ['senior'] });
    expect(people.get(idOf(lin))).toMatchObject({ role: 'light' });
    expect(people.get(idOf(sue))).toMatchObject({ suspended: true });
    expect(people.get(idOf(cara))).toMatchObject({ role: 'end-user' });
  });

  it('may check who are active agents and admins', async () => {
    const { ada, ana, ben, helpdeskOf } = openAccount();
    const checkers = await helpdeskOf(ana).readCheckers();
    expect(checkers.map(({ name }) => name)).toEqual([ada.name, ana.name, ben.name]);
  });

  it('are listed with those who cannot check, found by name, and at work or away', async () => {
    const { zendesk, ana, ben, lin, helpdeskOf, idOf } = openAccount();
    setAgentStatus(zendesk.world, ben.id, 'away');
    const helpdesk = helpdeskOf(ana);
    const { people, more } = await helpdesk.readStaff();
    expect(people.map(({ id }) => id)).toContain(idOf(lin));
    expect(more).toBe(false);
    expect((await helpdesk.findStaff('Ben')).map(({ name }) => name)).toEqual([ben.name]);
    expect(await helpdesk.findStaff('Cara')).toEqual([]);
    expect(await helpdesk.readAvailability()).toEqual({ [idOf(ben)]: 'away' });
  });

  it('are not told of their presence where the account tells admins alone', async () => {
    const { state, ana, helpdeskOf } = openAccount();
    state.account.agents_see_availability = false;
    await expect(helpdeskOf(ana).readAvailability()).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('are in groups', async () => {
    const { ana, ben, ada, group, helpdeskOf, idOf } = openAccount();
    const helpdesk = helpdeskOf(ana);
    const support = { id: String(group.id), name: 'Support' };
    expect(await helpdesk.readGroups()).toEqual([support]);
    const [only] = await helpdesk.readGroupsOf(idOf(ben));
    expect(only).toEqual(support);
    expect(await helpdesk.readGroupsOf(idOf(ada))).toEqual([]);
    const members = await helpdesk.readGroupMembers(must(only).id);
    expect(members.map(({ id }) => id)).toEqual([idOf(ana), idOf(ben)]);
  });
});

describe('the customer', () => {
  it('comes with tickets and what was said of them, in one request', async () => {
    const { zendesk, ana, cara, helpdeskOf, idOf, asked } = openAccount();
    rateTicket(zendesk.world, { ticket_id: 1001, score: 'good', comment: 'Thanks' });
    const history = await helpdeskOf(ana).readCustomer(idOf(cara));
    expect(history).toMatchObject({
      customer: { id: idOf(cara), name: 'Cara Customer' },
      tickets: [{ id: '1001', satisfaction: { score: 'good', comment: 'Thanks' } }],
      more: false,
    });
    expect(asked()).toHaveLength(1);
  });

  it('may have no ticket, or more than are shown', async () => {
    const { zendesk, ana, cara, helpdeskOf, idOf } = openAccount();
    const quiet = addUser(zendesk.state, { name: 'Quiet Customer' });
    expect(await helpdeskOf(ana).readCustomer(idOf(quiet))).toMatchObject({
      customer: { name: 'Quiet Customer' },
      tickets: [],
      more: false,
    });
    for (let id = 2000; id < 2025; id += 1) {
      createTicket(zendesk.world, id, cara, {
        requester_id: cara.id,
        subject: 'Again',
        comment: { body: 'Again', public: true },
      });
    }
    const { tickets, more } = await helpdeskOf(ana).readCustomer(idOf(cara));
    expect([tickets.length, more]).toEqual([25, true]);
  });
});

it('articles with the label are offered, where there is a Help Center', async () => {
  const { state, ana, helpdeskOf } = openAccount();
  const content = { body: '<p>Up to &lt;$15&gt; is <b>fine</b>.</p>', label_names: ['leeway'] };
  addArticle(state, { title: 'Late parcels', ...content });
  addArticle(state, { title: 'Other', body: 'x', label_names: ['other'] });
  const offered = await helpdeskOf(ana).readGuidelineArticles('leeway');
  expect(offered).toMatchObject({ available: true, articles: [{ title: 'Late parcels' }] });
  state.account.help_center = false;
  expect(await helpdeskOf(ana).readGuidelineArticles('leeway')).toEqual({ available: false });
});

describe('the way to Zendesk', () => {
  it('reads again what failed in passing', async () => {
    const { zendesk, ana, helpdeskOf } = openAccount();
    const match = { method: 'GET', times: 1 };
    zendesk.faults.add({ match, fault: { kind: 'status', status: 429 } });
    zendesk.faults.add({ match, fault: { kind: 'lost-before' } });
    zendesk.faults.add({ match, fault: { kind: 'status', status: 503 } });
    expect(await helpdeskOf(ana).readGroups()).toHaveLength(1);
    expect(zendesk.log).toHaveLength(4);
  });

  it('reads with a token of scope read, and is refused to write', async () => {
    const account = openAccount();
    const helpdesk = account.helpdeskOf({ token: 'read-only' });
    const { updatedStamp } = await helpdesk.readTicket(ticket);
    const query = { customer: account.idOf(account.cara), asked: account.idOf(account.ben) };
    expect(await helpdesk.searchSlots(query)).toEqual([]);
    await expect(helpdesk.writeStep(ticket, stepOn(updatedStamp))).rejects.toMatchObject({
      code: 'forbidden',
    });
  });

  it('is closed to who is not signed in', async () => {
    const { helpdeskOf } = openAccount();
    await expect(helpdeskOf({ token: 'no-such' }).readTicket(ticket)).rejects.toMatchObject({
      code: 'signed-out',
    });
  });

  it('tells Zendesk’s time to a browser whose clock is wrong', async () => {
    const { ana, helpdeskOf, clock } = openAccount();
    const behind = helpdeskOf(ana, -3_600_000);
    const { updatedAt, updatedStamp } = await behind.readTicket(ticket);
    expect(behind.clock.now()).toBe(updatedAt);
    const ahead = helpdeskOf(ana, 3_600_000);
    await ahead.writeStep(ticket, stepOn(updatedStamp));
    expect(Math.abs(ahead.clock.now() - clock.now())).toBeLessThan(1000);
  });
});
