/** An article of the Help Center. `days`: how long ago it was written. */
export interface ArticleText {
  id: number;
  title: string;
  body: string;
  locale: string;
  labels: readonly string[];
  draft?: true;
  days: number;
}

/** Those with the label `leeway` are the shop's written habits for goodwill. */
export const articles: readonly ArticleText[] = [
  {
    id: 19274567500131,
    title: 'Goodwill for late deliveries',
    locale: 'en-us',
    labels: ['leeway', 'late_delivery', 'shipping'],
    days: 210,
    body: '<p>A parcel that is <strong>three or more working days</strong> late costs our customer time. Say sorry first, find the parcel second, then think of a credit.</p><ul><li>Three to five days late: up to $10.</li><li>More than five days late: up to $15.</li><li>A date was missed that the customer had named (a race, a birthday): up to $25.</li></ul><p>Express fees that bought nothing are refunded by Billing; do not give a credit for them.</p>',
  },
  {
    id: 19274567500748,
    title: 'Damaged in transit: keep it or send it back',
    locale: 'en-us',
    labels: ['leeway', 'damaged'],
    days: 180,
    body: '<p>If the thing works and the customer would rather keep it, a credit saves everybody a parcel. Small marks: up to $20. Scratched frames: ask the workshop what the repair costs and stay near it.</p><p>Never leave a customer with something unsafe. Helmets, brakes and ropes are always replaced.</p>',
  },
  {
    id: 19274567501362,
    title: 'Charged twice: what to say and what to give',
    locale: 'en-us',
    labels: ['leeway', 'double_charge', 'billing'],
    days: 150,
    body: '<p>Look first whether the second amount is an authorisation: it disappears within three days. A real double charge is refunded by Billing the same day.</p><p>If it cost the customer money or sleep, up to $15 as a credit is right. Bank fees are paid in full, with the receipt.</p>',
  },
  {
    id: 19274567501957,
    title: 'Our mistake, twice',
    locale: 'en-us',
    labels: ['leeway', 'our_mistake'],
    days: 90,
    body: '<p>When the same thing goes wrong a second time, a replacement is not enough. Up to $30, and write down what happened: the lead reads these every Friday.</p>',
  },
  {
    id: 19274567502580,
    title: 'When a credit is the wrong answer',
    locale: 'en-us',
    labels: ['leeway'],
    days: 88,
    body: '<p>Do not use a credit to end a conversation. Not for threats of a bad review, not for a chargeback that is still open, and not where the law already gives the customer the money back.</p>',
  },
  {
    id: 19274567503174,
    title: 'Kulanz bei verspäteter Lieferung',
    locale: 'de',
    labels: ['leeway', 'late_delivery'],
    days: 60,
    body: '<p>Ab drei Werktagen Verspätung: bis 10 $. Ab fünf: bis 15 $. Bei einem verpassten Termin, den der Kunde genannt hatte: bis 25 $.</p>',
  },
  {
    id: 19274567503790,
    title: 'Wholesale customers (draft)',
    locale: 'en-us',
    labels: ['leeway', 'b2b'],
    draft: true,
    days: 4,
    body: '<p>To be agreed with Billing.</p>',
  },
  {
    id: 19274567504401,
    title: 'How do I track my parcel?',
    locale: 'en-us',
    labels: ['shipping'],
    days: 400,
    body: '<p>The link is in the shipping mail. It may take a day until it shows something.</p>',
  },
  {
    id: 19274567505028,
    title: 'Tyre sizes and what fits your rim',
    locale: 'en-us',
    labels: ['sizes'],
    days: 520,
    body: '<p>Read the ETRTO number on the side of your tyre, for example 37-622.</p>',
  },
  {
    id: 19274567505633,
    title: 'Returns within 60 days',
    locale: 'en-us',
    labels: ['returns'],
    days: 610,
    body: '<p>Unused things may come back within 60 days. The label is in your account.</p>',
  },
];
