import { describe, expect, it } from 'vitest';
import { type Instant, MINUTE } from '#domain/instant.ts';
import { addToken } from '#simulator/people.ts';
import { createSource } from '#settlement/source.ts';
import { closeTicket } from '#simulator/ticket-actions.ts';
import { createTicket, removeTicket, updateTicket } from '#simulator/ticket-update.ts';
import { createBearerTransport, type WaitReason } from '#zendesk/bearer-transport.ts';
import { createExports } from '#zendesk/exports.ts';
import { findStatusField } from '#zendesk/status-field.ts';
import { fieldsOf, key, must, openAccount, ORIGIN } from './adapter-account.ts';

/** The account as a program sees it that has a token; its waits move the account's clock. */
function openByToken(token = 'read-only') {
  const account = openAccount();
  const { zendesk, clock, fieldId, cara } = account;
  const waits: [number, WaitReason][] = [];
  const transport = createBearerTransport({
    baseUrl: ORIGIN,
    token,
    clock: { now: () => clock.now(), sleep: (ms) => clock.advance(ms) },
    onWait: (ms, why) => waits.push([ms, why]),
    random: () => 0,
    fetch: (input, init) => zendesk.handle(new Request(input, init)),
  });
  const open = (id: number, followUpOf?: number) =>
    createTicket(zendesk.world, id, cara, {
      requester_id: cara.id,
      subject: `Ticket ${String(id)}`,
      comment: { body: 'Hello', public: true },
      via_followup_source_id: followUpOf,
    });
  const setStatus = (id: number, value: string | null) =>
    updateTicket(zendesk.world, must(account.state.tickets[String(id)]), account.ada, {
      custom_fields: [{ id: Number(fieldId), value }],
    });
  const start = { since: (clock.now() - 10 * MINUTE) as Instant };
  const exports = createExports(transport, fieldId);
  const slots = () => createSource(transport, fieldId, () => clock.now()).slotsByChange();
  return { ...account, exports, slots, transport, waits, open, setStatus, start };
}

async function itemsOf<T>(pages: AsyncIterable<{ readonly items: readonly T[] }>): Promise<T[]> {
  const items: T[] = [];
  for await (const page of pages) items.push(...page.items);
  return items;
}

async function lastOf<T>(pages: AsyncIterable<T>): Promise<T> {
  let last: T | undefined;
  for await (const page of pages) last = page;
  return must(last);
}

describe('what changed in the account', () => {
  it('is every ticket, with its status field, deleted and followed up ones too', async () => {
    const { exports, open, setStatus, start, zendesk, state, ada, clock } = openByToken();
    setStatus(1001, 'leeway_posted');
    open(1002);
    open(1003);
    closeTicket(zendesk.world, 1001);
    open(1004, 1001);
    removeTicket(zendesk.world, must(state.tickets['1003']), ada.id);
    await clock.advance(2 * MINUTE);
    const found = await itemsOf(exports.changedTickets(start));
    expect(found.map(({ id, status, statusField }) => [id, status, statusField])).toEqual([
      ['1001', 'closed', 'leeway_posted'],
      ['1002', 'new', null],
      ['1003', 'deleted', null],
      ['1004', 'new', 'leeway_posted'],
    ]);
  });

  it('is every time that the status field was set or cleared, and no other update', async () => {
    const { exports, open, setStatus, start, clock } = openByToken();
    open(1002);
    const first = clock.now() as Instant;
    setStatus(1001, 'leeway_waiting');
    await clock.advance(MINUTE);
    setStatus(1001, null);
    await clock.advance(2 * MINUTE);
    expect(await itemsOf(exports.statusFieldChanges(start))).toEqual([
      { ticket: '1001', at: first },
      { ticket: '1001', at: first + MINUTE },
    ]);
  });

  it('is read on where the last run ended: the second run costs what is new', async () => {
    const { exports, open, setStatus, start, clock } = openByToken();
    await clock.advance(2 * MINUTE);
    const tickets = await lastOf(exports.changedTickets(start));
    const changes = await lastOf(exports.statusFieldChanges(start));
    expect(tickets).toMatchObject({ end: true, items: [{ id: '1001' }] });
    open(1002);
    setStatus(1002, 'leeway_posted');
    // What was done within the last minute is not told yet, and not lost either.
    expect(await itemsOf(exports.changedTickets(tickets))).toEqual([]);
    await clock.advance(2 * MINUTE);
    expect(await itemsOf(exports.changedTickets(tickets))).toMatchObject([{ id: '1002' }]);
    expect(await itemsOf(exports.statusFieldChanges(changes))).toMatchObject([{ ticket: '1002' }]);
  });

  it('misses nothing of more than two pages, though tickets change while they are read', async () => {
    const { exports, open, setStatus, start, clock } = openByToken();
    for (let id = 2001; id <= 4010; id += 1) open(id);
    setStatus(2005, 'leeway_waiting');
    await clock.advance(2 * MINUTE);
    const seen: string[] = [];
    let cursor = '';
    for await (const page of exports.changedTickets(start)) {
      if (cursor === '') setStatus(3990, 'leeway_posted');
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.cursor;
    }
    expect(seen).toHaveLength(2010);
    expect(new Set(seen).size).toBe(2010);
    expect(seen).not.toContain('3990');
    const changed = await itemsOf(exports.statusFieldChanges(start));
    expect(changed.map(({ ticket }) => ticket)).toEqual(['2005']);
    await clock.advance(2 * MINUTE);
    expect(await itemsOf(exports.changedTickets({ cursor }))).toMatchObject([{ id: '3990' }]);
  });

  it('is asked for ten times a minute, without being refused once', async () => {
    const { exports, start, waits, zendesk, clock } = openByToken();
    await clock.advance(2 * MINUTE);
    for (let n = 1; n <= 12; n += 1) {
      await itemsOf(exports.changedTickets(start));
      await itemsOf(exports.statusFieldChanges(start));
    }
    expect(waits).toEqual([
      [MINUTE, 'rate-limited'],
      [MINUTE, 'rate-limited'],
    ]);
    expect(zendesk.log.filter(({ status }) => status === 429)).toEqual([]);
  });

  it('comes through refusals, outages and lost answers, or ends in an error', async () => {
    const { exports, start, zendesk, clock } = openByToken();
    await clock.advance(2 * MINUTE);
    const match = { path: '/api/v2/incremental', times: 1 };
    zendesk.faults.add({ match, fault: { kind: 'lost-after' } });
    zendesk.faults.add({ match, fault: { kind: 'status', status: 503 } });
    zendesk.faults.add({ match, fault: { kind: 'status', status: 429 } });
    expect(await itemsOf(exports.changedTickets(start))).toHaveLength(1);
    zendesk.faults.add({ match, fault: { kind: 'malformed' } });
    await expect(itemsOf(exports.changedTickets(start))).rejects.toMatchObject({
      code: 'malformed-response',
    });
  });

  it('is not told about the last minute, nor from within it', async () => {
    const { exports, clock } = openByToken();
    const now = { since: clock.now() as Instant };
    await expect(itemsOf(exports.changedTickets(now))).rejects.toMatchObject({ code: 'invalid' });
  });
});

describe('a token', () => {
  it('is an admin’s for exports, known at all, and of scope read for reading alone', async () => {
    const ofAgent = openByToken('of-ana');
    addToken(ofAgent.state, 'of-ana', ofAgent.ana.id, ['read']);
    await expect(itemsOf(ofAgent.exports.changedTickets(ofAgent.start))).rejects.toMatchObject({
      code: 'forbidden',
    });
    const unknown = openByToken('revoked');
    await expect(findStatusField(unknown.transport)).rejects.toMatchObject({ code: 'signed-out' });
    const { transport } = openByToken();
    const body = { ticket: { status: 'open' } };
    const path = '/api/v2/tickets/1001';
    await expect(transport.send({ method: 'PUT', path, body, kind: 'write' })).rejects.toThrow(
      /missing the following required scopes: write/,
    );
  });
});

it('the status field is found by what it is', async () => {
  const { transport, fieldId } = openByToken();
  expect(await findStatusField(transport)).toBe(fieldId);
});

describe('all slots', () => {
  it('come page by page, each once, without the probes', async () => {
    const account = openByToken();
    const { ana, slots, helpdeskOf, idOf, state, clock } = account;
    state.account.requests_per_minute = 10_000;
    await helpdeskOf(ana).probe(idOf(ana));
    for (let number = 1; number <= 101; number += 1) {
      await helpdeskOf(ana).claimSlot(key(account, number), 'Credit', fieldsOf(account));
    }
    await clock.advance(MINUTE);
    const numbers: number[] = [];
    for await (const page of slots()) numbers.push(...page.map((slot) => slot.key.number));
    expect(numbers).toHaveLength(101);
    expect(new Set(numbers).size).toBe(101);
  });

  it('are an error that names the one which somebody spoiled', async () => {
    const account = openByToken();
    const { ana, slots, helpdeskOf, state } = account;
    const claimed = await helpdeskOf(ana).claimSlot(key(account, 1), 'Credit', fieldsOf(account));
    const { record } = claimed.kind === 'claimed' ? claimed.slot : expect.fail('claimed');
    Object.assign(must(state.records['leeway_credit']?.[record]?.custom_object_fields), {
      amount_minor: null,
    });
    await expect(lastOf(slots())).rejects.toThrow(record);
  });
});
