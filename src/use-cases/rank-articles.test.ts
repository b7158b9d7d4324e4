import { expect, it } from 'vitest';
import type { GuidelineArticle } from '#zendesk/helpdesk.ts';
import { rankArticles } from './rank-articles.ts';

const article = (id: string, title: string, more: Partial<GuidelineArticle> = {}) => ({
  id,
  title,
  labels: ['leeway'],
  snippet: '',
  url: `https://acme.zendesk.com/hc/articles/${id}`,
  ...more,
});

const articles = [
  article('tone', 'How we speak'),
  article('damage', 'Damaged in transit', { labels: ['leeway', 'damaged'] }),
  article('late', 'Goodwill for late deliveries', { labels: ['leeway', 'late_delivery'] }),
  article('charge', 'Charged twice', { snippet: 'Look at the delivery note first.' }),
];

const order = (subject: string, reason: Parameters<typeof rankArticles>[1]['reason'] = null) =>
  rankArticles(articles, { subject, reason }).map(({ id }) => id);

it('puts articles first whose words are those of the subject', () => {
  expect(order('My delivery is still not here')).toEqual(['late', 'charge', 'tone', 'damage']);
  expect(order('Frame damaged!')).toEqual(['damage', 'tone', 'late', 'charge']);
});

it('puts those of the reason before all others', () => {
  expect(order('Frame damaged!', { key: 'late_delivery', label: 'Arrived late' })[0]).toBe('late');
});

it('leaves them in Zendesk’s order where nothing tells', () => {
  expect(order('')).toEqual(['tone', 'damage', 'late', 'charge']);
  expect(order('注文した商品')).toEqual(['tone', 'damage', 'late', 'charge']);
});
