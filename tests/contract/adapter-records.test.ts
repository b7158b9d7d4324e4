import { describe, expect, it } from 'vitest';
import { creditId } from '#domain/ids.ts';
import { instantFromIso } from '#domain/instant.ts';
import { formatSlotKey } from '#domain/slot-key.ts';
import { fieldsOf, key, must, openAccount } from './adapter-account.ts';

describe('slots', () => {
  it('are claimed once: of two browsers one has the number', async () => {
    const account = openAccount();
    const { ana, helpdeskOf, state } = account;
    const one = fieldsOf(account);
    const two = fieldsOf(account, { credit: must(creditId('credit-0002')) });
    const outcomes = await Promise.all([
      helpdeskOf(ana).claimSlot(key(account, 1), 'Credit one', one),
      helpdeskOf(ana).claimSlot(key(account, 1), 'Credit two', two),
    ]);
    expect(outcomes.map(({ kind }) => kind)).toEqual(['claimed', 'taken']);
    expect(Object.keys(state.records['leeway_credit'] ?? {})).toHaveLength(1);
    const [first] = outcomes;
    expect(first).toMatchObject({
      slot: { key: key(account, 1), fields: one, createdBy: account.idOf(ana) },
    });
  });

  it('are claimed though the answer was lost, when the claim is sent again', async () => {
    const account = openAccount();
    const { ana, helpdeskOf, zendesk } = account;
    const helpdesk = helpdeskOf(ana);
    const match = { method: 'POST', times: 1 };
    zendesk.faults.add({ match, fault: { kind: 'lost-after' } });
    const claim = () => helpdesk.claimSlot(key(account, 1), 'Credit', fieldsOf(account));
    await expect(claim()).rejects.toMatchObject({ code: 'outcome-unknown' });
    expect(await claim()).toMatchObject({ kind: 'claimed', slot: { fields: fieldsOf(account) } });
  });

  it('are not claimed when Zendesk refuses for another reason', async () => {
    const account = openAccount();
    const { ana, helpdeskOf, state } = account;
    delete state.custom_object_fields['leeway_credit'];
    await expect(
      helpdeskOf(ana).claimSlot(key(account, 1), 'Credit', fieldsOf(account)),
    ).rejects.toMatchObject({ code: 'invalid', status: 422 });
  });

  it('are moved by anybody, all fields written again, and read at once', async () => {
    const account = openAccount();
    const { ana, ben, helpdeskOf, idOf, clock, state } = account;
    const claimed = await helpdeskOf(ana).claimSlot(key(account, 1), 'Credit', fieldsOf(account));
    const { record } = claimed.kind === 'claimed' ? claimed.slot : expect.fail('claimed');
    Object.assign(must(state.records['leeway_credit']?.[record]?.custom_object_fields), {
      amount_minor: 1,
    });
    clock.advance(2000);
    const posted = fieldsOf(account, { status: 'posted', signers: [idOf(ben)], asked: [] });
    const moved = await helpdeskOf(ben).moveSlot(record, posted, 'Credit, posted');
    expect(moved.fields).toEqual(posted);
    expect(moved).toMatchObject({ createdBy: idOf(ana), updatedBy: idOf(ben) });
    expect(await helpdeskOf(ana).readSlot(record)).toEqual(moved);
    const read = await helpdeskOf(ana).readSlots([
      formatSlotKey(key(account, 1)),
      formatSlotKey(key(account, 2)),
    ]);
    expect(read).toEqual([moved]);
  });

  it('of a maker are all found, 30 numbers at a time', async () => {
    const account = openAccount();
    const { ana, helpdeskOf, asked } = account;
    const helpdesk = helpdeskOf(ana);
    const { period } = key(account, 1);
    expect(await helpdesk.readOwnSlots(account.idOf(ana), period)).toEqual([]);
    expect(asked()).toHaveLength(1);
    for (let number = 1; number <= 31; number += 1) {
      const credit = must(creditId(`credit-${String(number).padStart(4, '0')}`));
      await helpdesk.claimSlot(key(account, number), 'Credit', fieldsOf(account, { credit }));
    }
    const before = asked().length;
    const slots = await helpdesk.readOwnSlots(account.idOf(ana), period);
    expect(slots.map(({ key: { number } }) => number).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 31 }, (_, index) => index + 1),
    );
    expect(asked().slice(before)).toHaveLength(2);
  });

  it('are found by customer and by whom they wait for, once the index has them', async () => {
    const account = openAccount();
    const { ana, ben, lin, cara, helpdeskOf, idOf, clock, asked } = account;
    const helpdesk = helpdeskOf(ana);
    const claims = [
      {},
      { customer: idOf(lin) },
      { customer: idOf(lin), asked: [idOf(ana), idOf(ben)] },
      { customer: idOf(lin), status: 'posted' as const },
      { customer: idOf(lin), asked: [idOf(ana)] },
    ];
    for (const [index, more] of claims.entries()) {
      const credit = must(creditId(`credit-000${String(index)}`));
      const fields = fieldsOf(account, { ...more, credit });
      await helpdesk.claimSlot(key(account, index + 1), 'Credit', fields);
    }
    await helpdesk.probe(idOf(ana));
    const query = { customer: idOf(cara), asked: idOf(ben) };
    expect(await helpdesk.searchSlots(query)).toEqual([]);
    clock.advance(10_000);
    const before = asked().length;
    const found = await helpdesk.searchSlots(query);
    expect(found.map(({ key: { number } }) => number).sort()).toEqual([1, 2, 3]);
    expect(asked().slice(before)).toHaveLength(1);
  });

  it('that somebody spoilt are an error, not one less', async () => {
    const account = openAccount();
    const { ana, helpdeskOf, state } = account;
    const helpdesk = helpdeskOf(ana);
    await helpdesk.claimSlot(key(account, 1), 'Credit', fieldsOf(account));
    const [record] = Object.values(state.records['leeway_credit'] ?? {});
    Object.assign(must(record).custom_object_fields, { amount_minor: null });
    await expect(
      helpdesk.readOwnSlots(account.idOf(ana), key(account, 1).period),
    ).rejects.toMatchObject({ code: 'malformed-response' });
  });

  it('have external ids that are proved unique, by two writes once and one after', async () => {
    const { ana, helpdeskOf, idOf, zendesk, state } = openAccount();
    const writes = () => zendesk.log.filter(({ method }) => method === 'POST').length;
    expect(await helpdeskOf(ana).probe(idOf(ana))).toBe('unique');
    expect(writes()).toBe(2);
    expect(await helpdeskOf(ana).probe(idOf(ana))).toBe('unique');
    expect(writes()).toBe(3);
    expect(Object.values(state.records['leeway_credit'] ?? {})).toMatchObject([
      { external_id: `probe/${idOf(ana)}` },
    ]);
  });
});

describe('terms', () => {
  const startsAt = must(instantFromIso('2026-11-22T10:00:00Z'));
  const draft = {
    number: 1,
    canonical: '{"v":1,"ä":2}',
    digest: 'd'.repeat(64),
    startsAt,
    name: 'T',
  };

  it('are published once for a number, and affirmed by another admin', async () => {
    const { ada, ana, helpdeskOf, idOf, clock } = openAccount();
    const published = await helpdeskOf(ada).publishTerms(draft);
    expect(published).toMatchObject({ kind: 'published', record: { updatedBy: idOf(ada) } });
    expect(await helpdeskOf(ada).publishTerms(draft)).toEqual(published);
    const other = { ...draft, canonical: '{"v":1}' };
    expect(await helpdeskOf(ada).publishTerms(other)).toEqual({ kind: 'taken' });
    clock.advance(1000);
    const { canonical, digest } = draft;
    const affirmed = await helpdeskOf(ana).affirmTerms(1, canonical, digest, startsAt);
    expect(affirmed).toMatchObject({ canonical, digest, startsAt, updatedBy: idOf(ana) });
    expect(await helpdeskOf(ada).readTermsRecords()).toEqual([affirmed]);
  });

  it('are made anew where the record was deleted', async () => {
    const { ada, helpdeskOf } = openAccount();
    const { canonical, digest } = draft;
    const affirmed = await helpdeskOf(ada).affirmTerms(4, canonical, digest, startsAt);
    expect(await helpdeskOf(ada).readTermsRecords()).toEqual([affirmed]);
    expect(affirmed.number).toBe(4);
  });
});
