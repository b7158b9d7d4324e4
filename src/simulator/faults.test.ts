import { describe, expect, it, vi } from 'vitest';
import { auditsOf } from './audit-writer.ts';
import { createTestShop } from './test-shop.ts';
import type { Fault } from './faults.ts';

function createStruck(fault: Fault) {
  const shop = createTestShop();
  shop.zendesk.faults.add({ match: { method: 'PUT', path: '/tickets/', times: 1 }, fault });
  const put = () =>
    shop.ask(shop.ana, 'PUT', '/api/v2/tickets/1001', { ticket: { subject: 'Changed' } });
  const written = () => auditsOf(shop.state, 1001).length - 1;
  return { ...shop, put, written };
}

describe('faults', () => {
  it('lost before: the caller gets a network error and nothing was written', async () => {
    const { put, written, zendesk } = createStruck({ kind: 'lost-before' });
    await expect(put()).rejects.toThrow(TypeError);
    expect(written()).toBe(0);
    expect(zendesk.log[0]).toMatchObject({ answered: 'lost', status: 0 });
  });

  it('lost after: the caller gets a network error and it was written', async () => {
    const { put, written, zendesk } = createStruck({ kind: 'lost-after' });
    await expect(put()).rejects.toThrow(TypeError);
    expect(written()).toBe(1);
    expect(zendesk.log[0]).toMatchObject({ answered: 'lost', status: 200 });
  });

  it('late: it is written when the time has passed, long after the caller gave up', async () => {
    const { put, written, clock } = createStruck({ kind: 'late', ms: 5_000 });
    await expect(put()).rejects.toThrow(TypeError);
    await clock.advance(4_999);
    expect(written()).toBe(0);
    await clock.advance(1);
    expect(written()).toBe(1);
  });

  it('slow: it is written at once and answered later', async () => {
    const { put, written, clock } = createStruck({ kind: 'slow', ms: 5_000 });
    let answered = false;
    const waiting = put().then(() => (answered = true));
    await vi.waitFor(() => {
      expect(written()).toBe(1);
    });
    await clock.advance(4_999);
    expect(answered).toBe(false);
    await clock.advance(1);
    await waiting;
    expect(answered).toBe(true);
  });

  it('malformed: it is written and the answer is no JSON', async () => {
    const { put, written } = createStruck({ kind: 'malformed' });
    await expect(put()).rejects.toThrow(SyntaxError);
    expect(written()).toBe(1);
  });

  it('status: that status is answered, and nothing is written', async () => {
    const { put, written } = createStruck({
      kind: 'status',
      status: 503,
      headers: { 'retry-after': '7' },
    });
    const answer = await put();
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('7');
    expect(written()).toBe(0);
  });

  it('strikes as often as told, after letting some pass, and only where it matches', async () => {
    const { ask, ana, ben, zendesk } = createTestShop();
    zendesk.faults.add({
      match: { path: '/users/me', user: ana.id, times: 1 },
      fault: { kind: 'status', status: 500 },
      skip: 1,
    });
    const me = async (user: { id: number }) => (await ask(user, 'GET', '/api/v2/users/me')).status;
    expect([await me(ben), await me(ana), await me(ana), await me(ana)]).toEqual([
      200, 200, 500, 200,
    ]);
    expect(zendesk.faults.list()).toEqual([]);
  });
});
