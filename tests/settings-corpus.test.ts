import { describe, expect, it } from 'vitest';
import { mistakeText } from '#ui/limits/mistake-text.ts';
import { createDictionary } from '#ui/shared/messages.ts';
import { createTexts } from '#ui/shared/texts.ts';
import { preparePublishing } from '#use-cases/publish-terms.ts';
import { later, ui } from '../translations/en.json';
import { INVALID } from './settings-corpus/invalid.ts';
import { VALID } from './settings-corpus/valid.ts';
import { MINUTE, openStory } from './support/story-shop.ts';

const MEMBERS = 2500;
const codes = new Set<string>();
const shop = openShopWithOddGroups();

/** The shop, with two groups of one name and a group that is too large for the limits' record. */
async function openShopWithOddGroups() {
  const story = await openStory();
  const { state } = story.zendesk;
  const [group] = Object.values(state.groups);
  const [membership] = state.group_memberships;
  const user = Object.values(state.users).find(({ role }) => role === 'agent');
  if (!group || !membership || !user) throw new Error('the shop has people in groups');
  const add = (id: number, name: string): void => {
    state.groups[String(id)] = { ...group, id, name, default: false };
  };
  add(11, 'Twins');
  add(12, 'Twins');
  add(13, 'Everybody');
  for (let index = 0; index < MEMBERS; index += 1) {
    const id = 19274570000000 + index;
    state.users[String(id)] = { ...user, id, email: `${String(id)}@pedal-and-pine.example` };
    state.group_memberships.push({ ...membership, id, user_id: id, group_id: 13 });
  }
  const context = story.session('ada');
  const dictionary = createDictionary('en', ui);
  dictionary.add(later);
  const { t } = createTexts(dictionary.say, 'en', 'en-US');
  return {
    installed: state.installed_app?.settings ?? {},
    async read(settings: Readonly<Record<string, unknown>>) {
      // Each is read in a minute of its own: Zendesk allows so many requests a minute.
      await story.clock.advance(MINUTE);
      const { next, mistakes } = await preparePublishing(context, settings);
      for (const { code } of mistakes) codes.add(code);
      return { next, says: mistakes.map((mistake) => mistakeText(mistake, t)) };
    },
  };
}

describe('settings that can be published', () => {
  it.each(Object.entries(VALID))('%s', async (_, settings) => {
    const { installed, read } = await shop;
    const { next, says } = await read({ ...installed, ...settings });
    expect(says).toEqual([]);
    expect(next).not.toBeNull();
  });
});

describe('settings that cannot be published', () => {
  it.each(INVALID.map((example) => [example.says.join(' | '), example] as const))(
    '%s',
    async (_, { settings, says }) => {
      const { installed, read } = await shop;
      // The shop's own lists are left out: a limit that is changed here may contradict them.
      const found = await read({
        ...installed,
        reasons: '',
        tiers: '',
        guidelines: '',
        ...settings,
      });
      expect(found.says).toEqual(says);
      expect(found.next).toBeNull();
    },
  );

  it('are at least 40, and with those that can be published at least 60', () => {
    expect(INVALID.length).toBeGreaterThanOrEqual(40);
    expect(INVALID.length + Object.keys(VALID).length).toBeGreaterThanOrEqual(60);
  });

  it('show every text of a mistake at least once', () => {
    expect(Object.keys(later.limits.code).filter((code) => !codes.has(code))).toEqual([]);
  });
});
