import type { Guideline } from '#domain/guidelines.ts';
import { type Reason, reasonLabel } from '#domain/reason-settings.ts';
import { type ReplyTemplates, readReplyTemplates } from '#domain/reply-template.ts';
import { type RawSettings, settingText } from '#domain/settings.ts';
import type { Earning } from '#domain/tier-settings.ts';
import { readSettings } from './read-settings.ts';

export interface ShownReason extends Reason {
  /** In the agent's language, as far as the admin wrote one. */
  readonly label: string;
}

/** What every agent sees of the settings. Mistakes in them are the admins' to see, under Limits. */
export interface ShownSettings {
  readonly reasons: readonly ShownReason[];
  readonly guidelines: readonly Guideline[];
  /** What brings an agent into a tier, by the tier's key, where an admin has written it. */
  readonly earnings: ReadonlyMap<string, Earning>;
  /** Help Center articles with this label are guidelines, too. */
  readonly articleLabel: string;
  readonly replyTemplates: ReplyTemplates;
}

/** @param other what the one reason is called where the admin has left the list empty */
export function shownSettings(settings: RawSettings, locale: string, other: string): ShownSettings {
  const { reasons, guidelines, tiers } = readSettings(settings);
  const shown = reasons.map((reason) => ({ ...reason, label: reasonLabel(reason, locale) }));
  const only: ShownReason = {
    key: 'other',
    label: other,
    labels: { en: other },
    suggested: null,
    noteRequired: true,
  };
  return {
    reasons: shown.length > 0 ? shown : [only],
    guidelines,
    earnings: new Map(
      tiers.flatMap(({ key, earnedBy }) => (earnedBy ? [[key, earnedBy] as const] : [])),
    ),
    articleLabel: settingText(settings, 'help_center_label'),
    replyTemplates: readReplyTemplates(settingText(settings, 'reply_template')),
  };
}
