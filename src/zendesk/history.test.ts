import { expect, it } from 'vitest';
import { userId } from '#domain/ids.ts';
import { readCustomer } from './history.ts';
import { scriptedTransport } from './scripted-transport.ts';

const customer = userId(1) ?? expect.fail('an id');

const person = {
  id: 1,
  name: 'Cora',
  role: 'end-user',
  active: true,
  suspended: false,
  created_at: '2024-01-05T09:00:00Z',
};

const ticket = (more: object = {}) => ({
  id: 7,
  subject: 'Late parcel',
  status: 'solved',
  created_at: '2026-11-20T09:00:00Z',
  updated_at: '2026-11-21T09:00:00Z',
  tags: ['late'],
  satisfaction_rating: { score: 'good', id: 5, comment: 'Thanks!' },
  ...more,
});

const answer = (tickets: object[], users: object[] = [person], more = false) => ({
  tickets,
  users,
  organizations: [{ id: 77, name: 'Acme Ltd' }],
  meta: { has_more: more, after_cursor: null },
});

it('reads tickets and customer in one request', async () => {
  const transport = scriptedTransport(answer([ticket()], [person], true));
  expect(await readCustomer(transport, customer)).toMatchObject({
    customer: { id: '1', name: 'Cora', role: 'end-user' },
    tickets: [
      {
        id: '7',
        subject: 'Late parcel',
        status: 'solved',
        createdAt: Date.UTC(2026, 10, 20, 9),
        updatedAt: Date.UTC(2026, 10, 21, 9),
        tags: ['late'],
        satisfaction: { score: 'good', comment: 'Thanks!' },
      },
    ],
    more: true,
  });
  expect(transport.requests.map(({ path }) => path)).toEqual([
    '/api/v2/users/1/tickets/requested?sort=-updated_at&page[size]=25&include=users,organizations',
  ]);
});

it.each([
  [{ score: 'bad' }, { score: 'bad', comment: null }],
  [
    { score: 'good_with_comment', comment: 'Yes' },
    { score: 'good', comment: 'Yes' },
  ],
  [{ score: 'offered' }, null],
  [{ score: 'unoffered' }, null],
  [null, null],
])('reads the rating %j as %j', async (rating, satisfaction) => {
  const transport = scriptedTransport(answer([ticket({ satisfaction_rating: rating })]));
  const { tickets } = await readCustomer(transport, customer);
  expect(tickets[0]?.satisfaction).toEqual(satisfaction);
});

it('asks for the customer of whom there are no tickets', async () => {
  const transport = scriptedTransport(answer([], []), { users: [person] });
  expect(await readCustomer(transport, customer)).toMatchObject({ tickets: [], more: false });
  expect(transport.requests[1]?.path).toBe('/api/v2/users/show_many?ids=1');
});

it('is an error for a customer whom Zendesk does not know', async () => {
  const transport = scriptedTransport(answer([], []), { users: [] });
  await expect(readCustomer(transport, customer)).rejects.toMatchObject({ code: 'not-found' });
});

it('knows the customer’s organization where a ticket of theirs is of it', async () => {
  const of = async (organization: number | null) => {
    const somebody = { ...person, organization_id: organization };
    return (await readCustomer(scriptedTransport(answer([ticket()], [somebody])), customer))
      .organization;
  };
  expect(await of(77)).toBe('Acme Ltd');
  expect(await of(78)).toBeNull();
  expect(await of(null)).toBeNull();
});
