import type { Route } from './call.ts';

const names: Readonly<Record<string, string>> = {
  'en-US': 'English',
  de: 'Deutsch',
  es: 'Español',
  fr: 'Français',
  'pt-BR': 'Português do Brasil',
  ja: '日本語',
  ar: 'العربية',
};

/** The locales that an account has switched on; the first is its own. Anybody may ask. */
export const localeRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/locales',
    who: 'anyone',
    answer: ({ world, url }) => ({
      status: 200,
      body: {
        locales: world.state.account.locales.map((locale, at) => ({
          id: Object.keys(names).indexOf(locale) + 1,
          url: `${url.origin}/api/v2/locales/${locale}.json`,
          locale,
          name: names[locale] ?? locale,
          default: at === 0,
          created_at: '2009-07-20T22:55:29Z',
          updated_at: '2011-05-05T10:38:52Z',
        })),
      },
    }),
  },
];
