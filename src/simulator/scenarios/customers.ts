/** Somebody who buys at Pedal & Pine. */
export interface Customer {
  id: number;
  name: string;
  email: string | null;
  organization: OrganizationKey | null;
  locale: string;
  timeZone: string;
  tags: readonly string[];
  notes: string;
  /** How long ago the account was made. */
  days: number;
}

export const organizations = {
  club: { id: 19274562300144, name: 'Alpenglow Cycling Club', tags: ['club_discount'] },
  hausmann: { id: 19274562300587, name: 'Hausmann Fahrradverleih GmbH', tags: ['b2b', 'invoice'] },
  tours: { id: 19274562300932, name: 'Trailhead Tours', tags: ['b2b'] },
  liga: { id: 19274562301376, name: 'Liga Norte de Montanhismo', tags: ['club_discount'] },
} as const;

export type OrganizationKey = keyof typeof organizations;

const customer = { organization: null, locale: 'en-US', tags: [], notes: '' } as const;

export const customers = {
  grete: {
    ...customer,
    id: 19274563401122,
    name: 'Grete Holm',
    email: 'grete.holm@mail.example',
    timeZone: 'Europe/Copenhagen',
    tags: ['vip', 'newsletter'],
    notes: 'Customer since the shop in Aarhus. Commutes by bike all year.',
    days: 1610,
  },
  marcus: {
    ...customer,
    id: 19274563401741,
    name: 'Marcus Whitfield',
    email: 'marcus.whitfield@mail.example',
    organization: 'club',
    timeZone: 'America/Denver',
    tags: ['club'],
    days: 870,
  },
  jonas: {
    ...customer,
    id: 19274563402358,
    name: 'Jonas Weber',
    email: 'jonas.weber@hausmann.example',
    organization: 'hausmann',
    locale: 'de',
    timeZone: 'Europe/Berlin',
    tags: ['b2b', 'vip'],
    notes: 'Orders 10 to 20 rental bikes each spring. Pays by invoice.',
    days: 1240,
  },
  katrin: {
    ...customer,
    id: 19274563402963,
    name: 'Katrin Schäfer',
    email: 'katrin.schaefer@mail.example',
    locale: 'de',
    timeZone: 'Europe/Vienna',
    days: 95,
  },
  lucia: {
    ...customer,
    id: 19274563403587,
    name: 'Lucía Fernández Ortega',
    email: 'lucia.fernandez@mail.example',
    locale: 'es',
    timeZone: 'Europe/Madrid',
    tags: ['newsletter'],
    days: 402,
  },
  camille: {
    ...customer,
    id: 19274563404109,
    name: 'Camille Rousseau',
    email: 'camille.rousseau@mail.example',
    locale: 'fr',
    timeZone: 'Europe/Paris',
    days: 288,
  },
  rafael: {
    ...customer,
    id: 19274563404736,
    name: 'Rafael Guimarães',
    email: 'rafael.guimaraes@liganorte.example',
    organization: 'liga',
    locale: 'pt-BR',
    timeZone: 'America/Sao_Paulo',
    tags: ['club'],
    days: 515,
  },
  haruto: {
    ...customer,
    id: 19274563405342,
    name: '田中 陽斗',
    email: 'haruto.tanaka@mail.example',
    locale: 'ja',
    timeZone: 'Asia/Tokyo',
    days: 176,
  },
  layla: {
    ...customer,
    id: 19274563405917,
    name: 'ليلى المنصوري',
    email: 'layla.almansoori@mail.example',
    locale: 'ar',
    timeZone: 'Asia/Dubai',
    tags: ['vip'],
    days: 640,
  },
  owen: {
    ...customer,
    id: 19274563406528,
    name: 'Owen Pryce',
    email: 'owen.pryce@mail.example',
    timeZone: 'Europe/London',
    tags: ['chargeback_2025'],
    notes: 'Disputed a card payment in 2025; settled.',
    days: 760,
  },
  imani: {
    ...customer,
    id: 19274563407133,
    name: 'Imani Carter',
    email: 'imani.carter@trailhead.example',
    organization: 'tours',
    timeZone: 'America/Los_Angeles',
    tags: ['b2b'],
    days: 333,
  },
  dylan: {
    ...customer,
    id: 19274563407752,
    name: 'Dylan Novák-O’Brien',
    email: 'dylan@obrien.example',
    timeZone: 'Europe/Dublin',
    days: 44,
  },
  sofie: {
    ...customer,
    id: 19274563408367,
    name: 'Sofie Vanhoutte',
    email: 'sofie.vanhoutte@mail.example',
    locale: 'fr',
    timeZone: 'Europe/Brussels',
    tags: ['newsletter'],
    days: 701,
  },
  mehmet: {
    ...customer,
    id: 19274563408978,
    name: 'Mehmet Yıldız',
    email: 'mehmet.yildiz@mail.example',
    timeZone: 'Europe/Istanbul',
    days: 12,
  },
  ruth: {
    ...customer,
    id: 19274563409584,
    name: 'Ruth Adeyemi-Castellanos',
    email: 'ruth.ac@mail.example',
    timeZone: 'America/Chicago',
    tags: ['vip'],
    days: 1395,
  },
  phone: {
    ...customer,
    id: 19274563410196,
    name: 'Caller +45 55 50 14 20',
    email: null,
    timeZone: 'Europe/Copenhagen',
    days: 3,
  },
} as const satisfies Record<string, Customer>;

export type CustomerKey = keyof typeof customers;
