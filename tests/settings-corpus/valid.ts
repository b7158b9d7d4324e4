import type { RawSettings } from '#domain/settings.ts';

/** Settings that can be published, over those of the installed shop, by what they show. */
export const VALID: Readonly<Record<string, RawSettings>> = {
  'nothing touched': {},
  'all that is left empty': { reasons: '', tiers: '', guidelines: '', pilot_groups: '' },
  'what is missing altogether': { agent_budget: null, self_limit: undefined, currency: '' },
  'numbers as text': { agent_budget: '250.50', self_limit: '20', cosigners_required: '2' },
  'numbers as numbers': { agent_budget: 250.5, self_limit: 20, cosigners_required: 2 },
  'texts with white space around them': { currency: ' eur ', budget_period: ' Week ' },
  yen: { currency: 'JPY', agent_budget: 20000, cosign_limit: 9999, hard_limit: 50000 },
  'dinars to the last fils': { currency: 'KWD', agent_budget: '12.345' },
  'all limits alike': { self_limit: 100, cosign_limit: 100, hard_limit: 100 },
  'nobody alone, and nobody ever': { self_limit: 0, cosign_limit: 0, hard_limit: 0, reasons: '' },
  'the smallest counts': {
    cosigners_required: 1,
    customer_cap_days: 1,
    request_expiry_hours: 1,
    hold_hours: 0,
    pair_limit: 0,
  },
  'the largest counts': {
    cosigners_required: 3,
    customer_cap_days: 3660,
    request_expiry_hours: 8784,
    hold_hours: 8784,
    pair_limit: 1_000_000,
  },
  'a zone of a country': { time_zone: 'Asia/Tokyo' },
  'groups on lines and with commas': { lead_groups: 'Leads\nSupport Tier 2, Leads' },
  'a pilot of one group': { pilot_groups: 'Support' },
  'a reason in two languages': {
    reasons: '[[reason]]\nkey = "late"\nlabel = { en = "Late", "pt-BR" = "Atraso" }\n',
  },
  'a reason with a heading for its labels': {
    reasons: '[[reason]]\nkey = "late"\n[reason.label]\nen = "Late"\nde = "Zu spät"\n',
  },
  'reasons in one array': { reasons: 'reason = [{ key = "late", label = "Late" }]' },
  'a tier by group and one by tag': {
    tiers:
      '[[tier]]\nkey = "two"\nname = "Tier 2"\ngroup = "Support Tier 2"\nbudget = 400\nearned_by = { posted = 20, none_reversed = true }\n\n[[tier]]\nkey = "new"\ntag = "leeway_new"\nbudget = "50.00"\n',
  },
  'a tier with a limit above the common ones': {
    tiers: '[[tier]]\nkey = "two"\ntag = "two"\ncosign_limit = 900\nhard_limit = 1000\n',
  },
  'a guideline for everything that only advises': {
    guidelines: '[[guideline]]\nkey = "kind"\ntitle = "Be kind"\n',
  },
  'one sentence for all customers': { reply_template: 'We added {amount}.' },
  'windows line ends and notes': {
    reasons: '# ours\r\n\r\n[[reason]]\r\nkey = "late" # never change\r\nlabel = "Late"\r\n',
  },
  'a text over several lines': {
    guidelines:
      '[[guideline]]\nkey = "late"\ntitle = "Late"\ntext = """\nkey = "not a member"\n[[guideline]]\n"""\nmax_amount = 15\n',
  },
};
