import { groupId } from '#domain/ids.ts';
import type { Host } from '#ui/shared/host.ts';
import { type Zaf, ZafError } from '#zendesk/zaf-client.ts';
import {
  type ColorScheme,
  onColorScheme,
  onTicketNews,
  readColorScheme,
  readOpenTicket,
  readSignedIn,
  readTicketField,
} from '#zendesk/zaf-host.ts';
import { loadCode } from './load-code.ts';

/**
 * Zendesk's page as the screens need it.
 * @param statusField id of the field `leeway_status`; null when the app was installed without it
 * @throws ZafError when it does not say who and where
 */
export async function createZafSidebarHost(
  zaf: Zaf,
  statusField: Promise<string | null>,
): Promise<Host> {
  // Listened to before anything is asked: what the page tells while it answers, and while the screen
  // is made, would be lost otherwise.
  let told: ColorScheme | null = null;
  let hidden = false;
  onColorScheme(zaf, (scheme) => {
    told = scheme;
  });
  zaf.on('app.deactivated', () => {
    hidden = true;
  });
  zaf.on('app.activated', () => {
    hidden = false;
  });
  const [me, ticket, colorScheme, groups] = await Promise.all([
    readSignedIn(zaf),
    readOpenTicket(zaf),
    readColorScheme(zaf),
    readGroups(zaf),
  ]);
  return {
    me,
    groups,
    ticket,
    settings: zaf.settings,
    colorScheme,
    onColorScheme(handler) {
      if (told !== null) handler(told);
      return onColorScheme(zaf, handler);
    },
    onNews(handler) {
      if (hidden) handler('hidden');
      const endNews = onTicketNews(zaf, handler);
      const endHidden = zaf.on('app.deactivated', () => {
        handler('hidden');
      });
      return () => {
        endNews();
        endHidden();
      };
    },
    async statusField() {
      const field = await statusField;
      return field === null ? undefined : readTicketField(zaf, field);
    },
    async ticketFacts(fields) {
      const { readTicketFacts } = await loadCode(() => import('#zendesk/zaf-ticket-facts.ts'));
      return readTicketFacts(zaf, fields);
    },
    assignment: async () =>
      (await loadCode(() => import('#zendesk/zaf-composer.ts'))).readAssignment(zaf),
    compose: async (...text) =>
      (await loadCode(() => import('#zendesk/zaf-composer.ts'))).compose(zaf, ...text),
    resize(height) {
      zaf.invoke('resize', { width: '100%', height: `${String(height)}px` }).catch(ifZaf);
    },
    openTicket(id) {
      zaf.invoke('routeTo', 'ticket', id).catch(ifZaf);
    },
  };
}

/** The agent's groups are a convenience here: asked of the page, they cost no request. */
async function readGroups(zaf: Zaf): Promise<Host['groups']> {
  try {
    const [groups] = await zaf.get('currentUser.groups');
    if (!Array.isArray(groups)) return null;
    const ids = groups.map((group: unknown) =>
      groupId(typeof group === 'object' && group !== null && 'id' in group ? group.id : null),
    );
    return ids.every((id) => id !== null) ? ids : null;
  } catch (error) {
    ifZaf(error);
    return null;
  }
}

/** The page refuses or is silent: nothing is lost but a convenience. */
function ifZaf(error: unknown): void {
  if (!(error instanceof ZafError)) throw error;
}
