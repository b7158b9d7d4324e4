import { describe, expect, it } from 'vitest';
import { addUser } from './people.ts';
import { createTestShop } from './test-shop.ts';

interface UsersPage {
  users: { id: number }[];
  meta: { has_more: boolean; after_cursor: string };
  links: { next: string | null; prev: string | null };
  count: number;
  next_page: string | null;
}

function createCrowd() {
  const shop = createTestShop();
  for (let n = 0; n < 7; n += 1) addUser(shop.state, { name: `Guest ${String(n)}` });
  const get = async (path: string) => {
    const answer = await shop.ask(shop.ana, 'GET', path);
    return { status: answer.status, page: answer.body as unknown as UsersPage };
  };
  return { ...shop, get };
}

describe('paging', () => {
  it('walks all items once by following the next links, until there is none', async () => {
    const { get, state } = createCrowd();
    const seen: number[] = [];
    let next: string | null = '/api/v2/users?page[size]=5';
    while (next !== null) {
      const { page } = await get(next);
      seen.push(...page.users.map((user) => user.id));
      expect(page.meta.has_more).toBe(page.links.next !== null);
      next =
        page.links.next === null ? null : page.links.next.slice('https://acme.zendesk.com'.length);
    }
    expect(seen).toHaveLength(Object.keys(state.users).length);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('goes on behind the item of the cursor when an earlier one is gone', async () => {
    const { get, state } = createCrowd();
    const first = await get('/api/v2/users?page[size]=3');
    const [gone] = first.page.users;
    Reflect.deleteProperty(state.users, String(gone?.id));
    const second = await get(
      `/api/v2/users?page[size]=3&page[after]=${first.page.meta.after_cursor}`,
    );
    expect(second.page.users[0]?.id).toBe((first.page.users[2]?.id ?? 0) + 1);
  });

  it('refuses pages above 100, broken cursors and two ways of paging at once', async () => {
    const { get } = createCrowd();
    expect((await get('/api/v2/users?page[size]=101')).status).toBe(400);
    expect((await get('/api/v2/users?per_page=101')).status).toBe(400);
    expect((await get('/api/v2/users?page[after]=nonsense')).status).toBe(400);
    expect((await get('/api/v2/users?page[size]=5&page=2')).status).toBe(400);
    expect((await get('/api/v2/users?page=101')).status).toBe(400);
  });

  it('pages by offset with a count and the next page’s address', async () => {
    const { get, state } = createCrowd();
    const { page } = await get('/api/v2/users?per_page=4&page=2');
    expect(page.users).toHaveLength(4);
    expect(page.count).toBe(Object.keys(state.users).length);
    expect(page.next_page).toContain('page=3');
  });

  it('pages records by cursor only', async () => {
    const { get } = createCrowd();
    expect((await get('/api/v2/custom_objects/credit/records?page=1')).status).toBe(400);
  });
});
