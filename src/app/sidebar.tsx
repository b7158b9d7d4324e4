import { createRoot } from 'react-dom/client';
import { Problem } from '#ui/shared/notice.tsx';
import { guardStorage } from '#ui/shared/guarded-storage.ts';
import { directionOf, type Language } from '#ui/shared/languages.ts';
import { createDictionary } from '#ui/shared/messages.ts';
import { Theme } from '#ui/shared/theme.tsx';
import { SidebarApp } from '#ui/sidebar/sidebar-app.tsx';
import { connectZaf, ZafError } from '#zendesk/zaf-client.ts';
import { readRequirementId, readSubdomain } from '#zendesk/zaf-host.ts';
import type { WindowWithSdk } from '#zendesk/zaf-sdk.ts';
import { createZafTransport } from '#zendesk/zaf-transport.ts';
import { createWorld } from './create-world.ts';
import { loadWords } from './load-words.ts';
import { createZafSidebarHost } from './zaf-sidebar-host.ts';

/** The sidebar's entry: connects to Zendesk's page, and shows the ticket's sidebar or why it cannot. */
async function start(root: HTMLElement): Promise<void> {
  // Zendesk's page takes its time to answer: what is needed then comes meanwhile. Where it does not
  // come, createWorld asks again and says so.
  import('./open-ticket.ts').catch(() => undefined);
  const page = createRoot(root);
  try {
    const zaf = await connectZaf(window as WindowWithSdk);
    const fieldRead = readRequirementId(zaf, 'leeway_status');
    const [host, subdomain, statusField] = await Promise.all([
      createZafSidebarHost(zaf, fieldRead),
      readSubdomain(zaf),
      fieldRead,
    ]);
    const words = await loadWords(host.me.locale);
    const made = createWorld({
      host,
      words,
      transport: createZafTransport(zaf),
      subdomain,
      statusField,
      storage: guardStorage(window),
      now: Date.now,
      timing: {
        sleep: (ms) =>
          new Promise((resolve) => {
            setTimeout(resolve, ms);
          }),
        random: Math.random,
      },
      random: (bytes) => crypto.getRandomValues(bytes),
    });
    setLanguage(words.language);
    page.render(<SidebarApp {...made} />);
  } catch (error) {
    const code = error instanceof ZafError ? error.code : 'broken';
    const { language, first } = await loadWords(navigator.language);
    setLanguage(language);
    const host = { colorScheme: 'light', onColorScheme: () => () => undefined } as const;
    page.render(
      <Theme host={host}>
        <Problem>{createDictionary(language, first).say(`host.${code}`)}</Problem>
      </Theme>,
    );
    if (!(error instanceof ZafError)) throw error;
  }
}

function setLanguage(language: Language): void {
  document.documentElement.lang = language;
  document.documentElement.dir = directionOf(language);
}

const root = document.getElementById('root');
if (root) void start(root);
