import type { Role, TicketRestriction } from '../state.ts';

/** Somebody who works at Pedal & Pine. Ids are as long as Zendesk's own. */
export interface Colleague {
  id: number;
  name: string;
  email: string;
  role: Role;
  /** 1 light agent, 3 contributor, 4 admin; null for a plain agent. */
  roleType: number | null;
  groups: readonly GroupName[];
  locale: string;
  timeZone: string;
  tags: readonly string[];
  restriction: TicketRestriction | null;
  suspended: boolean;
  /** As the agent has set it; null where never. */
  status: 'online' | 'away' | 'offline' | null;
  /** How long ago the account was made. */
  days: number;
}

export type GroupName = 'Support' | 'Support Tier 2' | 'Leads' | 'Workshop' | 'Billing';

export const groups: readonly { id: number; name: GroupName; description: string }[] = [
  { id: 19274560100117, name: 'Support', description: 'First answers, all channels' },
  { id: 19274560100421, name: 'Support Tier 2', description: 'Difficult orders and returns' },
  { id: 19274560100836, name: 'Leads', description: 'Shift leads of support' },
  { id: 19274560101254, name: 'Workshop', description: 'Mechanics, for technical questions' },
  { id: 19274560101603, name: 'Billing', description: 'Invoices, refunds and chargebacks' },
];

const agent = {
  role: 'agent',
  roleType: null,
  locale: 'en-US',
  timeZone: 'Europe/Copenhagen',
  tags: [],
  restriction: null,
  suspended: false,
  status: 'online',
} as const;

const mail = (name: string) => `${name}@pedal-and-pine.example`;

export const staff = {
  ana: {
    ...agent,
    id: 19274561204113,
    name: 'Ana Souza',
    email: mail('ana.souza'),
    groups: ['Support'],
    timeZone: 'Europe/Lisbon',
    days: 610,
  },
  ben: {
    ...agent,
    id: 19274561204728,
    name: 'Ben Okafor',
    email: mail('ben.okafor'),
    groups: ['Support'],
    timeZone: 'Europe/London',
    days: 540,
  },
  lea: {
    ...agent,
    id: 19274561205336,
    name: 'Lea Brandt',
    email: mail('lea.brandt'),
    groups: ['Leads', 'Support'],
    timeZone: 'Europe/Berlin',
    days: 1480,
  },
  ada: {
    ...agent,
    id: 19274561205942,
    name: 'Ada Novak',
    email: mail('ada.novak'),
    role: 'admin',
    roleType: 4,
    groups: ['Support'],
    timeZone: 'Europe/Prague',
    days: 1820,
  },
  samir: {
    ...agent,
    id: 19274561206517,
    name: 'Samir Haddad',
    email: mail('samir.haddad'),
    groups: ['Leads', 'Support Tier 2'],
    days: 1310,
  },
  otto: {
    ...agent,
    id: 19274561207189,
    name: 'Otto Lindqvist',
    email: mail('otto.lindqvist'),
    role: 'admin',
    roleType: 4,
    groups: ['Billing'],
    timeZone: 'Europe/Stockholm',
    days: 1790,
  },
  priya: {
    ...agent,
    id: 19274561207804,
    name: 'Priya Raman',
    email: mail('priya.raman'),
    groups: ['Support', 'Support Tier 2'],
    tags: ['leeway_experienced'],
    days: 930,
  },
  tomas: {
    ...agent,
    status: 'away',
    id: 19274561208466,
    name: 'Tomás Herrera',
    email: mail('tomas.herrera'),
    groups: ['Support'],
    locale: 'es',
    timeZone: 'Europe/Madrid',
    days: 220,
  },
  maximiliane: {
    ...agent,
    status: 'offline',
    id: 19274561209031,
    name: 'Maximiliane-Josephine von und zu Hohenberg-Württemberg-Oettingen',
    email: mail('maximiliane-josephine.von-und-zu-hohenberg-wuerttemberg-oettingen'),
    groups: ['Support', 'Workshop'],
    locale: 'de',
    timeZone: 'Europe/Berlin',
    days: 395,
  },
  sakura: {
    ...agent,
    status: null,
    id: 19274561209655,
    name: '山口 さくら',
    email: mail('sakura.yamaguchi'),
    groups: ['Support', 'Support Tier 2'],
    locale: 'ja',
    timeZone: 'Asia/Tokyo',
    days: 310,
  },
  liv: {
    ...agent,
    id: 19274561210247,
    name: 'Liv Nyström',
    email: mail('liv.nystrom'),
    roleType: 1,
    groups: ['Workshop'],
    days: 480,
  },
  nadia: {
    ...agent,
    id: 19274561210863,
    name: 'Nadia Petrova',
    email: mail('nadia.petrova'),
    roleType: 3,
    groups: ['Billing'],
    days: 150,
  },
  rahul: {
    ...agent,
    id: 19274561211420,
    name: 'Rahul Iyer',
    email: mail('rahul.iyer'),
    groups: ['Billing'],
    restriction: 'groups',
    days: 75,
  },
  carl: {
    ...agent,
    id: 19274561212078,
    name: 'Carl Jensen',
    email: mail('carl.jensen'),
    groups: ['Support'],
    suspended: true,
    days: 1105,
  },
} as const satisfies Record<string, Colleague>;

export type StaffKey = keyof typeof staff;
