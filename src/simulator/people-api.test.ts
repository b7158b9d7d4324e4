import { describe, expect, it } from 'vitest';
import { setAgentStatus } from './people-actions.ts';
import { createTestShop } from './test-shop.ts';

function createDirectory() {
  const shop = createTestShop();
  const names = async (path: string, key = 'users') => {
    const answer = await shop.ask(shop.ana, 'GET', `/api/v2${path}`);
    const list = (answer.body as unknown as Record<string, { name: string }[]>)[key] ?? [];
    return list.map(({ name }) => name);
  };
  return { ...shop, names };
}

describe('people', () => {
  it('are found by role, by name and by the start of a name', async () => {
    const { names } = createDirectory();
    expect(await names('/users?role[]=admin')).toEqual(['Ada Admin']);
    expect(await names('/users/search?query=cara')).toEqual(['Cara Customer']);
    expect(await names('/users/autocomplete?name=be')).toEqual(['Ben Agent']);
    expect(await names('/users/autocomplete?name=en')).toEqual([]);
  });

  it('are no longer found once they are inactive, but still shown by id', async () => {
    const { names, ben } = createDirectory();
    ben.active = false;
    expect(await names('/users?role[]=agent')).toEqual(['Ana Agent', 'Lin Light']);
    expect(await names(`/users/show_many?ids=${String(ben.id)}`)).toEqual(['Ben Agent']);
  });

  it('refuses an unknown role, too short a name and an unknown user', async () => {
    const { ask, ana } = createDirectory();
    for (const [path, status] of [
      ['/users?role[]=boss', 400],
      ['/users/autocomplete?name=a', 400],
      ['/users/search', 400],
      ['/users/999999', 404],
      ['/groups/999999/users', 404],
    ] as const) {
      expect((await ask(ana, 'GET', `/api/v2${path}`)).status, path).toBe(status);
    }
  });

  it('have groups, of which light agents are no assignable members', async () => {
    const { ask, names, ana, lin, group } = createDirectory();
    expect(await names(`/groups/${String(group.id)}/users`)).toContain('Lin Light');
    const answer = await ask(
      ana,
      'GET',
      `/api/v2/groups/${String(group.id)}/memberships/assignable`,
    );
    const list = answer.body as unknown as { group_memberships: { user_id: number }[] };
    expect(list.group_memberships.map((one) => one.user_id)).not.toContain(lin.id);
    expect(list.group_memberships).toHaveLength(3);
  });
});

describe('agents', () => {
  type Answered = { data: { attributes: { agent_id: number; agent_status?: { name: string } } }[] };
  const path = '/api/v2/agent_availabilities?page[size]=100';

  it('are at work or away, as far as each has said and the account tells it', async () => {
    const { ask, state, zendesk, ana, ben, ada } = createDirectory();
    setAgentStatus(zendesk.world, ben.id, 'away');
    const statuses = async () => {
      const { body } = await ask(ana, 'GET', path);
      return new Map(
        (body as unknown as Answered).data.map(({ attributes }) => [
          attributes.agent_id,
          attributes.agent_status?.name,
        ]),
      );
    };
    const told = await statuses();
    expect(told.get(ben.id)).toBe('away');
    expect([...told.keys()]).toContain(ada.id);
    expect(told.get(ada.id)).toBeUndefined();
    state.account.omnichannel = false;
    expect((await statuses()).get(ben.id)).toBeUndefined();
  });

  it('are told to admins alone where the account is so, and never by offset', async () => {
    const { ask, state, ana, ada } = createDirectory();
    expect((await ask(ana, 'GET', '/api/v2/agent_availabilities?per_page=5')).status).toBe(400);
    state.account.agents_see_availability = false;
    expect((await ask(ana, 'GET', path)).status).toBe(403);
    expect((await ask(ada, 'GET', path)).status).toBe(200);
  });
});

describe('articles', () => {
  it('are found by label or word, without drafts, in the asked language', async () => {
    const { ask, state } = createDirectory();
    const count = async (query: string) => {
      const answer = await ask(null, 'GET', `/api/v2/help_center/articles/search.json?${query}`);
      return answer.status === 200
        ? (answer.body as unknown as { count: number }).count
        : answer.status;
    };
    expect(await count('label_names=leeway')).toBe(1);
    expect(await count('label_names=other')).toBe(0);
    expect(await count('query=parcels')).toBe(1);
    expect(await count('query=parcels&locale=de')).toBe(0);
    expect(await count('locale=en-us')).toBe(400);
    for (const article of Object.values(state.articles)) article.draft = true;
    expect(await count('label_names=leeway')).toBe(0);
    state.account.help_center = false;
    expect(await count('label_names=leeway')).toBe(404);
  });

  it('come with a snippet in which the words are marked', async () => {
    const { ask } = createDirectory();
    const answer = await ask(null, 'GET', '/api/v2/help_center/articles/search.json?query=credit');
    expect(JSON.stringify(answer.body)).toContain('<em>credit</em>');
  });
});

describe('ratings', () => {
  it('are listed for admins only', async () => {
    const { ask, ana, ada } = createDirectory();
    expect((await ask(ana, 'GET', '/api/v2/satisfaction_ratings')).status).toBe(403);
    expect((await ask(ada, 'GET', '/api/v2/satisfaction_ratings')).status).toBe(200);
  });
});
