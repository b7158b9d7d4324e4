import { describe, expect, it } from 'vitest';
import { createTestShop, opening } from './test-shop.ts';

describe('what the account lets in', () => {
  it('answers an unknown endpoint with 404 InvalidEndpoint, and a wrong method with 405', async () => {
    const { ask, ana } = createTestShop();
    const unknown = await ask(ana, 'GET', '/api/v2/tickets/recent_ones');
    expect(unknown.status).toBe(404);
    expect(JSON.stringify(unknown.body)).toContain('InvalidEndpoint');
    expect((await ask(ana, 'PATCH', '/api/v2/tickets/1001', {})).status).toBe(405);
  });

  it('refuses an unknown query parameter, an unknown body field and a body that is no JSON', async () => {
    const { ask, ana, zendesk } = createTestShop();
    expect((await ask(ana, 'GET', '/api/v2/users/me?x=1')).status).toBe(400);
    const field = await ask(ana, 'PUT', '/api/v2/tickets/1001', { ticket: { colour: 'red' } });
    expect(field.status).toBe(422);
    expect(field.body).toMatchObject({ description: expect.stringContaining('colour') as string });
    const broken = await zendesk.handle(
      new Request('https://acme.zendesk.com/api/v2/tickets/1001', {
        method: 'PUT',
        headers: { 'x-simulator-user': String(ana.id), 'content-type': 'application/json' },
        body: '{',
      }),
    );
    expect(broken.status).toBe(400);
  });

  it('refuses a body that is not sent as JSON', async () => {
    const { ask, ana } = createTestShop();
    const answer = await ask(
      ana,
      'PUT',
      '/api/v2/tickets/1001',
      { ticket: { status: 'open' } },
      {
        'content-type': 'text/plain',
      },
    );
    expect(answer.status).toBe(415);
  });

  it('refuses nobody, suspended agents and end users, but tells anyone who they are', async () => {
    const { ask, ana, cara } = createTestShop();
    expect((await ask(null, 'GET', '/api/v2/tickets/1001')).status).toBe(401);
    expect((await ask(cara, 'GET', '/api/v2/tickets/1001')).status).toBe(403);
    ana.suspended = true;
    expect((await ask(ana, 'GET', '/api/v2/tickets/1001')).status).toBe(401);
    const me = await ask(null, 'GET', '/api/v2/users/me');
    expect(me.status).toBe(200);
    expect(me.body).toMatchObject({ user: { id: null } });
  });

  it('lets a read token read and search, and not write', async () => {
    const { ask } = createTestShop();
    const token = { authorization: 'Bearer read-only' };
    expect((await ask(null, 'GET', '/api/v2/tickets/1001', undefined, token)).status).toBe(200);
    const search = '/api/v2/custom_objects/credit/records/search';
    expect((await ask(null, 'POST', search, {}, token)).status).toBe(200);
    const write = { ticket: { status: 'open' } };
    const refused = await ask(null, 'PUT', '/api/v2/tickets/1001', write, token);
    expect(refused.status).toBe(403);
    expect(refused.body).toEqual({
      error: 'Forbidden',
      description: 'You are missing the following required scopes: write',
    });
  });

  it('refuses a token that nobody made, even where anybody may ask', async () => {
    const { ask } = createTestShop();
    const token = { authorization: 'Bearer none' };
    for (const path of ['/api/v2/tickets/1001', '/api/v2/users/me']) {
      const refused = await ask(null, 'GET', path, undefined, token);
      expect(refused.status).toBe(401);
      expect(refused.body).toMatchObject({ error: 'invalid_token' });
    }
  });

  it('lets an API token act as whatever user its caller names', async () => {
    const { ask, state, ben } = createTestShop();
    state.tokens.push({ token: 'secret', kind: 'api', user_id: null, scopes: [] });
    const answer = await ask(
      null,
      'PUT',
      '/api/v2/tickets/1001',
      { ticket: { status: 'open' } },
      {
        authorization: `Basic ${btoa(`${String(ben.email)}/token:secret`)}`,
      },
    );
    expect(answer.body).toMatchObject({ audit: { author_id: ben.id, via: { channel: 'api' } } });
  });

  it('logs who asked for what, with the body and the app’s mark', async () => {
    const { ask, ana, zendesk } = createTestShop();
    await ask(ana, 'GET', '/api/v2/users/me', undefined, { 'x-simulator-app': '1' });
    await ask(null, 'PUT', '/api/v2/tickets/1001', { ticket: {} });
    expect(zendesk.log).toEqual([
      {
        n: 0,
        at: opening,
        user: ana.id,
        method: 'GET',
        path: '/api/v2/users/me',
        status: 200,
        answered: 'yes',
        app: true,
      },
      {
        n: 1,
        at: opening,
        user: null,
        method: 'PUT',
        path: '/api/v2/tickets/1001',
        status: 401,
        body: { ticket: {} },
        answered: 'yes',
        app: false,
      },
    ]);
  });

  it('tells its own time in every answer, refusals too', async () => {
    const { ask, ana, clock } = createTestShop();
    await clock.advance(3_600_000);
    for (const path of ['/api/v2/users/me', '/api/v2/nothing']) {
      const { headers } = await ask(ana, 'GET', path);
      expect(Date.parse(headers.get('date') ?? '')).toBe(opening + 3_600_000);
    }
  });

  it('forgets log, faults and counted requests on reset', async () => {
    const { ask, ana, zendesk } = createTestShop();
    await ask(ana, 'GET', '/api/v2/users/me');
    zendesk.faults.add({ match: {}, fault: { kind: 'lost-before' } });
    zendesk.reset();
    expect(zendesk.log).toEqual([]);
    expect(zendesk.faults.list()).toEqual([]);
    expect(zendesk.state.users).toEqual({});
  });
});
