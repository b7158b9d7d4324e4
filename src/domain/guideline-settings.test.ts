import { describe, expect, it } from 'vitest';
import { currency } from './currencies.ts';
import { readGuidelines } from './guideline-settings.ts';

const of = (code: string) => {
  const known = currency(code);
  if (!known) throw new Error(code);
  return known;
};
const reasons = ['late', 'damaged'].map((key) => ({
  key,
  labels: { en: key },
  suggested: null,
  noteRequired: false,
}));

const read = (list: unknown, code = 'USD') => readGuidelines(list, of(code), reasons);
const good = { key: 'g', title: 'G' };

/** Of one guideline with these members: how strong it is, and each mistake with its code and values. */
const mistakesOf = (members: Record<string, unknown>, code = 'USD') =>
  read([{ ...good, ...members }], code).mistakes.map(({ setting, code: found, values }) => {
    expect(setting).toBe('guidelines');
    expect(values['key']).toBe('g');
    return [found, values['member'], values['value']]
      .filter((each) => each !== undefined)
      .join(' ');
  });

describe('a guideline', () => {
  it('holds all that it says', () => {
    const { guidelines, mistakes } = read([
      {
        key: ' vip ',
        title: ' Good customers ',
        text: 'They stay with us. ',
        article: ' https://acme.zendesk.com/hc/en-us/articles/1 ',
        strength: 'lead',
        usual_amount: 10,
        min_amount: 5.5,
        max_amount: '20.00',
        reasons: ['late'],
        ticket_tags: [' parcel '],
        customer_tags: ['vip'],
        organizations: ['Acme', 500],
        channels: ['email'],
        forms: [900],
        fields: { '77': ['gold', 3] },
        past_credits: { at_least: 2, within_days: 90 },
        contact: 'repeat',
      },
    ]);
    expect(mistakes).toEqual([]);
    expect(guidelines).toEqual([
      {
        key: 'vip',
        title: 'Good customers',
        text: 'They stay with us.',
        article: 'https://acme.zendesk.com/hc/en-us/articles/1',
        strength: 'lead',
        usual: 1000,
        most: 2000,
        when: {
          reasons: ['late'],
          least: 550,
          ticketTags: ['parcel'],
          customerTags: ['vip'],
          organizations: ['Acme', '500'],
          channels: ['email'],
          forms: ['900'],
          fields: { '77': ['gold', '3'] },
          pastCredits: { atLeast: 2, withinDays: 90 },
          contact: 'repeat',
        },
      },
    ]);
  });

  it('needs no more than a key and a title', () => {
    const lists = ['reasons', 'ticketTags', 'customerTags', 'organizations', 'channels', 'forms'];
    expect(read([good])).toEqual({
      guidelines: [
        {
          ...good,
          title: 'G',
          text: '',
          article: null,
          strength: 'advise',
          usual: null,
          most: null,
          when: {
            ...Object.fromEntries(lists.map((list) => [list, []])),
            least: null,
            fields: {},
            pastCredits: null,
            contact: null,
          },
        },
      ],
      mistakes: [],
    });
  });

  it.each([
    { min_amount: 5 },
    { past_credits: { at_least: 1, within_days: 30 } },
    { contact: 'first' },
    { reasons: ['damaged'] },
    { ticket_tags: ['a'] },
    { customer_tags: ['a'] },
    { organizations: ['a'] },
    { channels: ['a'] },
    { forms: ['a'] },
    { fields: { '77': ['a'] } },
    { max_amount: 5 },
  ])('may ask a lead where it does not speak of every credit: %j', (members) => {
    expect(mistakesOf({ ...members, strength: 'lead' })).toEqual([]);
  });

  it('asks for a co-sign above its most, and only advises without one', () => {
    const strength = (members: object) => read([{ ...good, ...members }]).guidelines[0]?.strength;
    expect(strength({})).toBe('advise');
    expect(strength({ max_amount: 15 })).toBe('cosign');
    expect(strength({ max_amount: 15, strength: 'advise' })).toBe('advise');
    expect(strength({ contact: 'first', strength: 'lead' })).toBe('lead');
  });

  it('has its amounts in the minor units of the currency', () => {
    const most = (code: string) => read([{ ...good, max_amount: 15 }], code).guidelines[0]?.most;
    expect(['USD', 'EUR', 'JPY', 'KWD'].map(most)).toEqual([1500, 1500, 15, 15_000]);
  });
});

describe('mistakes', () => {
  it.each<[Record<string, unknown>, string]>([
    [{ title: '' }, 'title-missing'],
    [{ title: 5 }, 'title-missing'],
    [{ title: '  ' }, 'title-missing'],
    [{ text: 5 }, 'text-expected text'],
    [{ article: 5 }, 'not-a-link article'],
    [{ article: 'see https://acme.zendesk.com/hc' }, 'not-a-link article'],
    [{ article: 'leeway' }, 'not-a-link article'],
    [{ article: 'javascript:alert(1)' }, 'not-a-link article'],
    [{ article: 'http://acme.zendesk.com/hc' }, 'not-a-link article'],
    [{ strength: 'boss' }, 'unknown-strength strength "boss"'],
    [{ strength: 'cosign' }, 'everything-against strength'],
    [{ strength: 'lead', reasons: [] }, 'everything-against strength'],
    [{ strength: 'lead', fields: { '77': [] } }, 'everything-against strength'],
    [{ usual_amount: 'ten' }, 'not-a-number usual_amount ten'],
    [{ max_amount: true }, 'not-a-number max_amount max_amount'],
    [{ max_amount: '1,000' }, 'not-a-number max_amount 1,000'],
    [{ max_amount: -1 }, 'not-a-number max_amount -1'],
    [{ max_amount: 10.005 }, 'too-many-decimals max_amount 10.005'],
    [{ max_amount: '99999999999999' }, 'too-large max_amount 99999999999999'],
    [{ min_amount: 20, max_amount: 15 }, 'min-above-max min_amount'],
    [{ usual_amount: 16, max_amount: 15 }, 'usual-above-max usual_amount'],
    [{ reasons: 'late' }, 'texts-expected reasons'],
    [{ reasons: ['early'] }, 'unknown-reason reasons'],
    [{ ticket_tags: [' '] }, 'texts-expected ticket_tags'],
    [{ ticket_tags: [''] }, 'texts-expected ticket_tags'],
    [{ customer_tags: [true] }, 'texts-expected customer_tags'],
    [{ organizations: {} }, 'texts-expected organizations'],
    [{ channels: [[]] }, 'texts-expected channels'],
    [{ forms: 900 }, 'texts-expected forms'],
    [{ fields: ['77'] }, 'fields-expected fields'],
    [{ fields: { order: ['x'] } }, 'fields-expected fields'],
    [{ fields: { '77': ['x'], order: ['x'] } }, 'fields-expected fields'],
    [{ fields: { a77: ['x'] } }, 'fields-expected fields'],
    [{ fields: { '77a': ['x'] } }, 'fields-expected fields'],
    [{ fields: { '77': 'gold' } }, 'texts-expected fields.77'],
    [{ past_credits: 2 }, 'past-credits-expected past_credits'],
    [{ past_credits: { at_least: 2 } }, 'past-credits-expected past_credits'],
    [{ past_credits: { at_least: 0, within_days: 9 } }, 'past-credits-expected past_credits'],
    [{ past_credits: { at_least: 1, within_days: 3661 } }, 'past-credits-expected past_credits'],
    [{ past_credits: { at_least: 1.5, within_days: 9 } }, 'past-credits-expected past_credits'],
    [
      { past_credits: { at_least: 1, within_days: 9, days: 9 } },
      'past-credits-expected past_credits',
    ],
    [{ contact: 'second' }, 'unknown-contact contact "second"'],
    [{ maximum: 1 }, 'unknown-member maximum'],
  ])('%j: %s', (members, mistake) => {
    expect(mistakesOf(members)).toEqual([mistake]);
  });

  it('at the bounds there are none', () => {
    expect(mistakesOf({ min_amount: 15, max_amount: 15, usual_amount: 15 })).toEqual([]);
    expect(mistakesOf({ past_credits: { at_least: 1, within_days: 1 } })).toEqual([]);
    expect(mistakesOf({ past_credits: { at_least: 3660, within_days: 3660 } })).toEqual([]);
    expect(mistakesOf({ usual_amount: 15 })).toEqual([]);
    expect(mistakesOf({ max_amount: 10.5 }, 'JPY')).toEqual(['too-many-decimals max_amount 10.5']);
    expect(mistakesOf({ max_amount: 10.005 }, 'KWD')).toEqual([]);
  });

  it('are found all at once', () => {
    expect(mistakesOf({ text: 1, strength: 'x', contact: 'y', max_amount: 'z' })).toHaveLength(4);
  });

  it('of a list or a key name what there is', () => {
    const told = (list: unknown) =>
      read(list).mistakes.map(({ code, values }) => `${code} ${JSON.stringify(values)}`);
    expect(read(undefined)).toEqual({ guidelines: [], mistakes: [] });
    expect(told(7)).toEqual(['list-expected {"member":"guideline"}']);
    expect(told([{ title: 'G' }])).toEqual(['key-missing {"at":1}']);
    expect(told([good, 7])).toEqual(['key-missing {"at":2}']);
    expect(told([good, good])).toEqual(['key-twice {"at":2,"key":"g","member":"key"}']);
  });

  it('leave out what has no title, and let the others only advise', () => {
    const strict = { ...good, max_amount: 15, strength: 'lead' };
    expect(read([{ ...strict, title: '' }]).guidelines).toEqual([]);
    expect(read([{ ...strict, reasons: ['early'] }]).guidelines).toMatchObject([
      { strength: 'advise' },
    ]);
    expect(read([strict]).guidelines).toMatchObject([{ strength: 'lead' }]);
  });

  it('leave out no more than what they are about', () => {
    const [guideline] = read([
      { ...good, text: 5, fields: { '77': 'gold', '78': ['x'] } },
    ]).guidelines;
    expect(guideline).toMatchObject({ text: '', when: { fields: { '77': [], '78': ['x'] } } });
  });
});
