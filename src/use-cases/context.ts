import type { TicketId, UserId } from '#domain/ids.ts';
import type { Helpdesk } from '#zendesk/helpdesk.ts';
import type { ZendeskClock } from '#zendesk/zendesk-clock.ts';
import type { PeopleDirectory } from './people-directory.ts';

/** Text by key, from translations/, with values put in. */
export type Say = (key: string, values?: Readonly<Record<string, string | number>>) => string;

/**
 * What this browser remembers for one user of one account. May be blocked: then nothing is kept, and
 * nothing else is lost. Values must survive JSON.
 */
export interface Memory {
  read(key: string): unknown;
  write(key: string, value: unknown): void;
  remove(key: string): void;
}

/** What is written for people to read: in the account's language, since nobody knows who will read it. */
export interface Notes {
  readonly say: Say;
  readonly locale: string;
}

/** What every use case needs of the world. Made once by the app's entry. */
export interface Context {
  readonly helpdesk: Helpdesk;
  readonly people: PeopleDirectory;
  readonly clock: ZendeskClock;
  /** Who is signed in. */
  readonly me: UserId;
  /** A new id for a credit or an event: 8 to 64 letters, digits, `_` or `-`, never the same twice. */
  readonly newId: () => string;
  /** For notes that are written to the ticket and for the names of records. Never fails. */
  readonly notes: () => Promise<Notes>;
  readonly memory: Memory;
  /** Where agents open the ticket. */
  readonly ticketUrl: (ticket: TicketId) => string;
}
