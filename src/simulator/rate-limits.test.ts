import { describe, expect, it } from 'vitest';
import { createTestShop } from './test-shop.ts';

describe('rate limits', () => {
  it('counts the whole account’s minute, tells what is left, and answers 429 with Retry-After', async () => {
    const { ask, ana, ben, state, clock } = createTestShop();
    state.account.requests_per_minute = 2;
    const first = await ask(ana, 'GET', '/api/v2/users/me');
    expect(first.headers.get('x-rate-limit-remaining')).toBe('1');
    await ask(ben, 'GET', '/api/v2/users/me');
    const refused = await ask(ana, 'GET', '/api/v2/users/me');
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('60');
    await clock.advance(60_000);
    expect((await ask(ana, 'GET', '/api/v2/users/me')).status).toBe(200);
  });

  it('counts an app for each user, and nobody else’s requests with it', async () => {
    const { ask, ana, ben, state } = createTestShop();
    state.account.app_requests_per_minute = 1;
    const app = { 'x-simulator-app': '1' };
    await ask(ana, 'GET', '/api/v2/users/me', undefined, app);
    expect((await ask(ana, 'GET', '/api/v2/users/me', undefined, app)).status).toBe(429);
    expect((await ask(ana, 'GET', '/api/v2/users/me')).status).toBe(200);
    expect((await ask(ben, 'GET', '/api/v2/users/me', undefined, app)).status).toBe(200);
  });

  it('allows an app 700 requests of one user in five minutes', async () => {
    const { ask, ana, state, clock } = createTestShop();
    state.account.app_requests_per_5_minutes = 2;
    const go = async () => {
      await clock.advance(61_000);
      return (await ask(ana, 'GET', '/api/v2/users/me', undefined, { 'x-simulator-app': '1' }))
        .status;
    };
    expect([await go(), await go(), await go()]).toEqual([200, 200, 429]);
  });

  it('keeps the Help Center’s requests in a bucket of their own', async () => {
    const { ask, ana, state } = createTestShop();
    state.account.requests_per_minute = 0;
    const found = await ask(
      ana,
      'GET',
      '/api/v2/help_center/articles/search.json?label_names=leeway',
    );
    expect(found.status).toBe(200);
  });

  it('allows one user 30 updates of one ticket in ten minutes', async () => {
    const { ask, ana, ben, clock } = createTestShop();
    const put = (user: { id: number }, subject: string) =>
      ask(user, 'PUT', '/api/v2/tickets/1001', { ticket: { subject } });
    let last = await put(ana, '0');
    expect(last.headers.get('zendesk-ratelimit-tickets-update')).toContain('remaining=29');
    for (let n = 1; n <= 30; n += 1) last = await put(ana, String(n));
    expect(last.status).toBe(429);
    expect((await put(ben, 'by another')).status).toBe(200);
    await clock.advance(600_000);
    expect((await put(ana, 'later')).status).toBe(200);
  });
});
