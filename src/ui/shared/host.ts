import type { GroupId, TicketId } from '#domain/ids.ts';
import type { RawSettings } from '#domain/settings.ts';
import type { ColorScheme, OpenTicket, SignedIn } from '#zendesk/zaf-host.ts';
import type { Assignment, Composed } from '#zendesk/zaf-composer.ts';
import type { TicketFacts } from '#zendesk/zaf-ticket-facts.ts';

/** What happened around the sidebar. `hidden`: the agent left the ticket's tab. */
export type HostNews = 'activated' | 'hidden' | 'updated' | 'conversation';

/** The page around the sidebar, as far as screens need it. Made over ZAF by the app, by hand in tests. */
export interface Host {
  readonly me: SignedIn;
  /** The agent's groups; null when the page does not say. */
  readonly groups: readonly GroupId[] | null;
  readonly ticket: OpenTicket;
  readonly settings: RawSettings;
  readonly colorScheme: ColorScheme;
  /** @returns what ends the subscription */
  onColorScheme(handler: (scheme: ColorScheme) => void): () => void;
  /** @returns what ends the subscription */
  onNews(handler: (news: HostNews) => void): () => void;
  /** The ticket's field `leeway_status` as the page shows it; undefined when it does not say. */
  statusField(): Promise<string | null | undefined>;
  /** What the page knows of the ticket. @param fields ids of custom ticket fields */
  ticketFacts(fields: readonly string[]): Promise<TicketFacts>;
  /** To whom the ticket belongs; null when the page does not say. */
  assignment(): Promise<Assignment | null>;
  /**
   * Puts text behind what the agent is writing, as a note or as a reply to the customer. Sends nothing.
   */
  compose(kind: 'note' | 'reply', text: string): Promise<Composed>;
  /** @param height in CSS pixels */
  resize(height: number): void;
  openTicket(ticket: TicketId): void;
}
