import type { RawSettings } from '#domain/settings.ts';

export interface Invalid {
  readonly settings: RawSettings;
  /** As the Limits view says them, in its order. */
  readonly says: readonly string[];
}

const reason = 'key = "late"\nlabel = "Late"';
const toml = (...lines: readonly string[]): string => `${lines.join('\n')}\n`;
const reasons = (...lines: readonly string[]): RawSettings => ({
  reasons: toml('[[reason]]', ...lines),
});
const tiers = (...lines: readonly string[]): RawSettings => ({ tiers: toml('[[tier]]', ...lines) });
const guidelines = (...lines: readonly string[]): RawSettings => ({
  reasons: toml('[[reason]]', reason),
  guidelines: toml('[[guideline]]', ...lines),
});
const G = ['key = "g"', 'title = "G"'] as const;

const one = (settings: RawSettings, says: string): Invalid => ({ settings, says: [says] });

/** Single values. */
const VALUES: readonly Invalid[] = [
  one(
    { currency: 'DOLLAR' },
    'Currency: “DOLLAR” is no currency code. Write three letters, such as USD or EUR.',
  ),
  one(
    { currency: '$' },
    'Currency: “$” is no currency code. Write three letters, such as USD or EUR.',
  ),
  one(
    { time_zone: 'Europe/Berln' },
    'Time zone: “Europe/Berln” is no time zone. Did you mean Europe/Berlin?',
  ),
  one(
    { time_zone: 'europe/berlin' },
    'Time zone: “europe/berlin” is no time zone. Did you mean Europe/Berlin?',
  ),
  one(
    { time_zone: 'New York' },
    'Time zone: “New York” is no time zone. Did you mean America/New_York?',
  ),
  one(
    { time_zone: '+02:00' },
    'Time zone: “+02:00” is no time zone. Write a name such as Europe/Berlin or Etc/UTC.',
  ),
  one(
    { budget_period: 'year' },
    'Budget period: “year” is no period. Write week, month or quarter.',
  ),
  one(
    { agent_budget: 'plenty' },
    'Budget per agent: “plenty” is no number. Write it with digits and a point, such as 25.50.',
  ),
  one(
    { agent_budget: true },
    'Budget per agent: “true” is no number. Write it with digits and a point, such as 25.50.',
  ),
  one(
    { agent_budget: -5 },
    'Budget per agent: “-5” is no number. Write it with digits and a point, such as 25.50.',
  ),
  one(
    { agent_budget: '1,000' },
    'Budget per agent: “1,000” is no number. Write it with digits and a point, such as 25.50.',
  ),
  one(
    { agent_budget: '10.005' },
    'Budget per agent: “10.005” is finer than the smallest coin of the currency. Write at most 2 digits after the point.',
  ),
  one(
    { currency: 'JPY', customer_cap: '10.5' },
    'Cap per customer: “10.5” is finer than the smallest coin of the currency. Write at most 0 digits after the point.',
  ),
  one(
    { hard_limit: '99999999999999999' },
    'Never above: “99999999999999999” is more than Leeway can count. Write a smaller amount.',
  ),
  one(
    { cosigners_required: 'two' },
    'Co-signers needed: “two” has to be a whole number, from 1 to 3.',
  ),
  one(
    { cosigners_required: 1.5 },
    'Co-signers needed: “1.5” has to be a whole number, from 1 to 3.',
  ),
  one({ cosigners_required: 4 }, 'Co-signers needed: “4” has to be between 1 and 3.'),
  one({ cosigners_required: 0 }, 'Co-signers needed: “0” has to be between 1 and 3.'),
  one({ customer_cap_days: 0 }, 'Days of the customer cap: “0” has to be between 1 and 3660.'),
  one({ hold_hours: -1 }, 'Hold (hours): “-1” has to be between 0 and 8784.'),
  one(
    { self_limit: 101 },
    'Alone up to: What an agent gives alone is above the co-sign limit. Make it smaller or equal.',
  ),
  one(
    { cosign_limit: 501 },
    'With a co-sign up to: The co-sign limit is above the hard limit. Make it smaller or equal.',
  ),
  {
    settings: { currency: 'XXQ', agent_budget: 'y', cosigners_required: 9, self_limit: 300 },
    says: [
      'Currency: “XXQ” is no currency code. Write three letters, such as USD or EUR.',
      'Budget per agent: “y” is no number. Write it with digits and a point, such as 25.50.',
      'Alone up to: What an agent gives alone is above the co-sign limit. Make it smaller or equal.',
      'Co-signers needed: “9” has to be between 1 and 3.',
    ],
  },
];

/** Names of groups, known only by asking Zendesk. */
const GROUPS: readonly Invalid[] = [
  one(
    { lead_groups: 'Leads\nGardeners' },
    'Groups of leads, line 2: There is no group named “Gardeners”. Check its spelling.',
  ),
  one(
    { lead_groups: 'Leeds' },
    'Groups of leads, line 1: There is no group named “Leeds”. Did you mean “Leads”?',
  ),
  one(
    { pilot_groups: 'Support, Twins' },
    'Groups in the pilot, line 1: Several groups are named “Twins”. Rename one of them in Zendesk.',
  ),
  one(
    { pilot_groups: 'Everybody' },
    'Groups in the pilot: The list is too long to be published: it holds 2500, and at most about 1700 fit. Name smaller groups.',
  ),
  one(
    { lead_groups: 'Everybody' },
    'Groups of leads: The list is too long to be published: it holds 2500, and at most about 1700 fit. Name smaller groups.',
  ),
  one(
    tiers('key = "two"', 'group = "Suport Tier 2"'),
    'Tiers, line 3: There is no group named “Suport Tier 2”. Did you mean “Support Tier 2”?',
  ),
  {
    settings: {
      currency: 'XXQ',
      lead_groups: 'Gardeners',
      tiers: toml('[[tier]]', 'key = "a"', '', '[[tier]]', 'key = "b"', 'group = "Twins"'),
    },
    says: [
      'Currency: “XXQ” is no currency code. Write three letters, such as USD or EUR.',
      'Tiers, line 1: Tier “a” needs either a tag or a group, and not both.',
      'Groups of leads, line 1: There is no group named “Gardeners”. Check its spelling.',
      'Tiers, line 6: Several groups are named “Twins”. Rename one of them in Zendesk.',
    ],
  },
];

/** Texts that are no TOML. */
const TEXTS: readonly Invalid[] = [
  one(
    reasons('key = "late"', 'label = '),
    'Reasons, line 3: A value is missing after “label =”. Write one, texts in quotes.',
  ),
  one(
    reasons('key = “late”', 'label = "Late"'),
    'Reasons, line 2: Texts stand in straight quotes, such as "…"; curly ones cannot be read.',
  ),
  one(
    reasons('key = late', 'label = "Late"'),
    'Reasons, line 2: What stands after “key =” is a text, and needs quotes: key = "…".',
  ),
  one(
    reasons(...reason.split('\n'), 'suggested_amount = 10,50'),
    'Reasons, line 4: Write amounts with a point and without separators, such as 10.50.',
  ),
  one(
    reasons(...reason.split('\n'), 'note_required true'),
    'Reasons, line 4: “note_required” needs a = and a value after it.',
  ),
  one(
    reasons(...reason.split('\n'), 'label = "Too late"'),
    'Reasons, line 4: “label” stands twice in this entry. Remove one of them.',
  ),
  one(
    reasons('key = "late"', 'label = "Late'),
    'Reasons, line 3: A text begins here and does not end. Close its quotes.',
  ),
  one(
    { reasons: toml('[[reason', reason) },
    'Reasons, line 1: Each entry begins with [[reason]] on a line of its own.',
  ),
  one(
    reasons('key = "late"', 'label = "Late" suggested_amount = 5'),
    'Reasons, line 3: This line cannot be read (each key-value declaration must be followed by an end-of-line). Write one name = value on it, and texts in quotes.',
  ),
  {
    settings: {
      reasons: toml(
        '',
        '[[reason]]',
        'key = late',
        'label = ',
        '',
        '[[reason]]',
        'key = "b"',
        'labl = "B"',
      ),
      tiers: toml('[[tier]]', 'key = “two”', 'tag = "two"'),
    },
    says: [
      'Reasons, line 3: What stands after “key =” is a text, and needs quotes: key = "…".',
      'Reasons, line 4: A value is missing after “label =”. Write one, texts in quotes.',
      'Reasons, line 6: “b” has no label. Write label = "…".',
      'Reasons, line 8: “labl” means nothing here. What can stand here: key, label, suggested_amount, note_required.',
      'Tiers, line 2: Texts stand in straight quotes, such as "…"; curly ones cannot be read.',
    ],
  },
];

const REASONS: readonly Invalid[] = [
  one(
    { reasons: toml('[reason]', reason) },
    'Reasons, line 1: Each entry begins with [[reason]] on a line of its own.',
  ),
  one(
    { reasons: toml('[[reasons]]', reason) },
    'Reasons, line 1: “reasons” means nothing here. What can stand here: [[reason]].',
  ),
  one(
    reasons('label = "Late"'),
    'Reasons, line 1: Entry 1 has no key. Give each a short key of its own.',
  ),
  one(
    { reasons: toml('[[reason]]', reason, '', '[[reason]]', reason) },
    'Reasons, line 6: The key “late” is there twice. Give each its own.',
  ),
  one(
    reasons('key = "zu spät"', 'label = "Late"'),
    'Reasons, line 2: The key “zu spät” can hold only letters from a to z, digits, _, - and points, at most 64.',
  ),
  one(reasons('key = "late"'), 'Reasons, line 1: “late” has no label. Write label = "…".'),
  one(
    reasons('key = "late"', 'label = { en = "Late", german_de = "Spät" }'),
    'Reasons, line 3: “german_de” is no language. Write one such as en, de or pt-BR.',
  ),
  one(
    reasons('key = "late"', '[reason.label]', 'en = "Late"', 'de = 5'),
    'Reasons, line 5: label.de of “late” has to be a text in quotes, such as "…".',
  ),
  one(
    reasons(...reason.split('\n'), 'suggested_amount = "ten"'),
    'Reasons, line 4: “ten” is no number. Write it with digits and a point, such as 25.50.',
  ),
  one(
    reasons(...reason.split('\n'), 'suggested_amount = 501'),
    'Reasons, line 4: “501” is above the hard limit, so nobody can give it. Suggest less.',
  ),
  one(
    reasons(...reason.split('\n'), 'note_required = "yes"'),
    'Reasons, line 4: note_required of “late” has to be true or false, without quotes.',
  ),
];

const TIERS: readonly Invalid[] = [
  one(
    { tiers: 'tier = "two"' },
    'Tiers, line 1: Each entry begins with [[tier]] on a line of its own.',
  ),
  one(
    tiers('key = "two"'),
    'Tiers, line 1: Tier “two” needs either a tag or a group, and not both.',
  ),
  one(
    tiers('key = "two"', 'tag = "two"', 'group = "Support Tier 2"'),
    'Tiers, line 1: Tier “two” needs either a tag or a group, and not both.',
  ),
  one(
    { tiers: toml('[[tier]]', 'key = "a"', 'tag = "x"', '[[tier]]', 'key = "b"', 'tag = "x"') },
    'Tiers, line 4: Tier “b” is for the same people as tier “a” above it, so it never holds. Remove one of them.',
  ),
  one(
    tiers('key = "two"', 'tag = "two"', 'bugdet = 5'),
    'Tiers, line 4: “bugdet” means nothing here. What can stand here: key, name, tag, group, budget, self_limit, cosign_limit, hard_limit, earned_by.',
  ),
  one(
    tiers('key = "two"', 'tag = 2'),
    'Tiers, line 3: tag of “two” has to be a text in quotes, such as "…".',
  ),
  one(
    tiers('key = "two"', 'tag = "two"', 'self_limit = 200'),
    'Tiers, line 4: What an agent gives alone is above the co-sign limit. Make it smaller or equal.',
  ),
  one(
    tiers('key = "two"', 'tag = "two"', 'cosign_limit = 501'),
    'Tiers, line 4: The co-sign limit is above the hard limit. Make it smaller or equal.',
  ),
  one(
    tiers('key = "two"', 'tag = "two"', 'earned_by = 20'),
    'Tiers, line 4: earned_by of “two” has to be such as { posted = 20, none_reversed = true }.',
  ),
];

const GUIDELINES: readonly Invalid[] = [
  one(guidelines('key = "g"'), 'Guidelines, line 1: “g” has no title. Write title = "…".'),
  one(
    guidelines(...G, 'reasons = ["late", "gone"]'),
    'Guidelines, line 4: Guideline “g” names the reason “gone”, which is not in the list of reasons. Name one of its keys.',
  ),
  one(
    guidelines(...G, 'reasons = "late"'),
    'Guidelines, line 4: reasons of “g” has to be a list of texts, such as ["…", "…"].',
  ),
  one(
    guidelines(...G, 'fields = { level = ["gold"] }'),
    'Guidelines, line 4: fields of “g” has to name each field by its number, such as fields.360001234567 = ["gold"].',
  ),
  one(
    guidelines(...G, 'past_credits = { at_least = 0, within_days = 30 }'),
    'Guidelines, line 4: past_credits of “g” has to hold at_least and within_days, whole numbers of at least 1.',
  ),
  one(
    guidelines(...G, 'max_amount = 10', 'strength = "forbid"'),
    'Guidelines, line 5: “"forbid"” is no strength of “g”. Write advise, cosign or lead.',
  ),
  one(
    guidelines(...G, 'contact = "twice"'),
    'Guidelines, line 4: “"twice"” is no contact of “g”. Write first or repeat.',
  ),
  one(
    guidelines(...G, 'max_amount = 10', 'min_amount = 20'),
    'Guidelines, line 5: min_amount of “g” is above its max_amount. Make it smaller.',
  ),
  one(
    guidelines(...G, 'max_amount = 10', 'usual_amount = 20'),
    'Guidelines, line 5: usual_amount of “g” is above its max_amount. Make it smaller or equal.',
  ),
  one(
    guidelines(...G, 'article = "http://acme.example/late"'),
    'Guidelines, line 4: The article of “g” has to be a link that begins with https://.',
  ),
  one(
    guidelines(...G, 'strength = "lead"'),
    'Guidelines, line 4: “g” makes every credit an exception. Say when it fits, or give it a max_amount.',
  ),
  one(
    guidelines(...G, 'max_amount = 10', '', '[[guideline]]', ...G),
    'Guidelines, line 7: The key “g” is there twice. Give each its own.',
  ),
];

const REPLIES: readonly Invalid[] = [
  one(
    { reply_template: 'en: {amount} for you\nde: {betrag} für Sie' },
    'Sentence for the customer, line 2: {betrag} means nothing here. Write {amount}, {name} or {reason}.',
  ),
  one(
    { reply_template: '\nen: One\nen: Two' },
    'Sentence for the customer, line 3: There is another sentence for the same language: “Two” is never used. Remove one of them.',
  ),
];

/** Settings that cannot be published, over those of the installed shop. */
export const INVALID: readonly Invalid[] = [
  ...VALUES,
  ...GROUPS,
  ...TEXTS,
  ...REASONS,
  ...TIERS,
  ...GUIDELINES,
  ...REPLIES,
];
