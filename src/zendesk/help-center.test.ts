import { expect, it } from 'vitest';
import { HelpdeskError } from './errors.ts';
import { readGuidelineArticles } from './help-center.ts';
import { scriptedTransport } from './scripted-transport.ts';

const article = (more: object = {}) => ({
  id: 360,
  title: 'Late parcels',
  label_names: ['leeway', 'late_delivery'],
  snippet: 'When a <em>parcel</em> is late &amp; lost',
  html_url: 'https://acme.zendesk.com/hc/en-us/articles/360',
  ...more,
});

it('gives articles with their snippets as text', async () => {
  const transport = scriptedTransport({ results: [article()], next_page: null });
  expect(
    await readGuidelineArticles(transport, 'lee way,x', { locale: 'en-us', about: 'late & lost' }),
  ).toEqual({
    available: true,
    articles: [
      {
        id: '360',
        title: 'Late parcels',
        labels: ['leeway', 'late_delivery'],
        snippet: 'When a parcel is late & lost',
        url: 'https://acme.zendesk.com/hc/en-us/articles/360',
      },
    ],
    more: false,
  });
  expect(transport.requests[0]?.path).toBe(
    '/api/v2/help_center/articles/search.json?label_names=lee%20way%2Cx&query=late%20%26%20lost&locale=en-us&per_page=25',
  );
});

it('says that there are more', async () => {
  const transport = scriptedTransport({ results: [], next_page: 'https://acme.zendesk.com/…' });
  expect(await readGuidelineArticles(transport, 'leeway')).toMatchObject({ more: true });
});

it.each(['not-found', 'forbidden'] as const)(
  '%s means that there is no Help Center',
  async (code) => {
    const transport = scriptedTransport(new HelpdeskError(code, 'for the test'));
    expect(await readGuidelineArticles(transport, 'leeway')).toEqual({ available: false });
  },
);

it('any other failure is no absence', async () => {
  const failure = new HelpdeskError('unavailable', 'for the test');
  await expect(readGuidelineArticles(scriptedTransport(failure), 'leeway')).rejects.toBe(failure);
});

it('refuses an address that would run a script', async () => {
  const transport = scriptedTransport({ results: [article({ html_url: 'javascript:alert(1)' })] });
  await expect(readGuidelineArticles(transport, 'leeway')).rejects.toMatchObject({
    code: 'malformed-response',
  });
});
