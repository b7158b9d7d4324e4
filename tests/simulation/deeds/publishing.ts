import { affirmTerms, preparePublishing, publishTerms } from '#use-cases/publish-terms.ts';
import { readTermsHistory } from '#use-cases/terms-history.ts';
import type { Tab } from '../browser.ts';
import type { Outcome, Told } from '../checker/told.ts';
import { someSettings } from '../small-shop.ts';
import { begin, type World } from '../world.ts';

/** An admin types other settings, looks at what would change, and publishes. */
export function beginPublish(world: World, tab: Tab, type = true): Told {
  const { chance, fate, zendesk } = world;
  const installed = zendesk.state.installed_app;
  if (installed && type) Object.assign(installed.settings, someSettings(chance, fate));
  const act = async (): Promise<Outcome> => {
    const { next, history, mistakes } = await preparePublishing(
      tab.context,
      installed?.settings ?? {},
    );
    if (!next) return { kind: 'refused', why: mistakes.map(({ code }) => code).join() };
    const outcome = await publishTerms(tab.context, next, history.length);
    if (outcome.kind === 'published') return { kind: 'done', number: outcome.number };
    return { kind: outcome.kind, ...('code' in outcome ? { why: outcome.code } : {}) };
  };
  return begin(world, tab, 'publish', { ticket: null, credit: null }, act, (outcome) => outcome);
}

/** An admin affirms the terms whose writer is no admin (any more). */
export function beginAffirm(world: World, tab: Tab): Told {
  const act = async (): Promise<Outcome> => {
    const history = await readTermsHistory(tab.context);
    const frozen = history.filter(({ state, terms }) => state === 'frozen' && terms !== null);
    for (const entry of frozen) {
      const outcome = await affirmTerms(tab.context, entry);
      if (outcome.kind === 'failed') return { kind: 'failed', why: outcome.code };
    }
    return { kind: 'done' };
  };
  return begin(world, tab, 'affirm', { ticket: null, credit: null }, act, (outcome) => outcome);
}
