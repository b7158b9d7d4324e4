import type { Audit } from '#domain/audit.ts';
import type { Currency } from '#domain/currencies.ts';
import type { GroupId, TicketId, UserId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import type { PeriodKey } from '#domain/period.ts';
import type { Role } from '#domain/policy.ts';
import type { Precedent } from '#domain/precedents.ts';
import type { RecordId, Slot, SlotFields } from '#domain/slot.ts';
import type { SlotKey } from '#domain/slot-key.ts';
import type { TermsRecord } from '#domain/terms.ts';
import { createReads } from './helpdesk-reads.ts';
import { createLater } from './helpdesk-later.ts';
import type { Transport } from './transport.ts';
import type { ZendeskClock } from './zendesk-clock.ts';

/**
 * All that Leeway asks of Zendesk. Ids are the domain's, instants are Zendesk's time.
 *
 * Every function rejects with a {@link HelpdeskError}. A list is complete or an error, never a part
 * (where a part is meant, the answer says so in `more`). A stored shape that cannot be read is
 * `malformed-response`, never left out: a slot that is skipped is free money. The error names the
 * record, so that an admin can find and mend it.
 *
 * Functions that write reject with `outcome-unknown` when the write may have happened, with
 * `malformed-response` when something was written that is not what was sent (a field that Zendesk
 * let fall), and with any other code only when nothing was written.
 */
export interface Helpdesk {
  /** All audits of the ticket, oldest first, in Zendesk's order. */
  readAudits(ticket: TicketId): Promise<readonly Audit[]>;

  readTicket(ticket: TicketId): Promise<Ticket>;

  /**
   * Writes one step of the journal: one update of the ticket, so one audit. Refused with `conflict`
   * when the ticket is no longer as it was at `updatedStamp`; stamps have one-second resolution, so
   * two writes of the same second may both pass.
   */
  writeStep(ticket: TicketId, step: JournalStep): Promise<WrittenStep>;

  /**
   * Changes the status field or the followers without a word in the journal (a follow-up ticket's
   * inherited field, for one). No event can ride along: Zendesk keeps metadata only with a change
   * that it notes in an audit, and this may change nothing.
   */
  tidyTicket(ticket: TicketId, changes: TicketTidying): Promise<TidiedTicket>;

  /**
   * The slots that have these external ids, at most 100 of them; those that do not exist are absent.
   * Read from Zendesk's database, not from its search index: what was just written is there.
   */
  readSlots(keys: readonly string[]): Promise<readonly Slot[]>;

  /** All slots of a maker's period, read 30 numbers at a time until the last five are all absent. */
  readOwnSlots(maker: UserId, period: PeriodKey): Promise<readonly Slot[]>;

  readSlot(record: RecordId): Promise<Slot>;

  /**
   * Creates the slot. `taken`: Zendesk refused, and a record of another credit has that external id.
   * A refusal because this very credit's slot exists already (an earlier answer was lost) is
   * `claimed`. Any other refusal rejects.
   * @param name what people see in Zendesk's list of records
   */
  claimSlot(key: SlotKey, name: string, fields: SlotFields): Promise<ClaimedSlot>;

  /** Writes all fields of the slot again. The last write wins: Zendesk offers no other way. */
  moveSlot(record: RecordId, fields: SlotFields, name: string): Promise<Slot>;

  /**
   * One search for all slots of the customer, those reserved that ask `asked`, and `asked`'s own that
   * changed since then. From the search
   * index, which lags behind: for showing, not for deciding. At most 1,000, more are an error.
   */
  searchSlots(query: {
    readonly customer: UserId;
    readonly asked: UserId;
    readonly since?: Instant | null;
  }): Promise<readonly Slot[]>;

  /** All slots of credits that wait, at most 1,000; from the search index, which lags behind. */
  readWaitingSlots(): Promise<readonly Slot[]>;

  /**
   * The newest posted credits for a reason, whoever got them; a hundred at most, in one request. From
   * the search index, which lags behind.
   */
  readPastCredits(of: {
    readonly reason: string;
    readonly currency: Currency;
  }): Promise<PastCredits>;

  /**
   * What customers said of these tickets, a hundred at most: null for nothing. Those deleted, or not
   * open to who is signed in, are absent.
   */
  readSatisfaction(
    tickets: readonly TicketId[],
  ): Promise<ReadonlyMap<TicketId, Satisfaction['score'] | null>>;

  /** Proves by trying whether Zendesk refuses a second record with the same external id. */
  probe(user: UserId): Promise<'unique' | 'not-unique'>;

  readTermsRecords(): Promise<readonly TermsRecord[]>;

  /** `taken`: a record of that number exists with another canonical form. */
  publishTerms(record: NewTermsRecord): Promise<PublishedTerms>;

  /** Writes the canonical form again, or anew where its record was deleted, in the name of who is signed in. */
  affirmTerms(
    number: number,
    canonical: string,
    digest: string,
    startsAt: Instant,
  ): Promise<TermsRecord>;

  /** By id, in calls of 100. People whom Zendesk does not name are absent. */
  readPeople(ids: Iterable<UserId>): Promise<ReadonlyMap<UserId, Person>>;

  /** All agents and admins but those who are suspended, inactive, light agents or contributors. */
  readCheckers(): Promise<readonly Person[]>;

  /** The first hundred agents and admins, those who cannot check included; one request. */
  readStaff(): Promise<Staff>;

  /** Agents and admins whose name, or a word of it, begins so. @param name two characters at least */
  findStaff(name: string): Promise<readonly Person[]>;

  /**
   * What agents say of being at work, by id: `online`, `away`, or a name of the account's own. Those
   * who say nothing are absent. Rejects with `forbidden` or `not-found` where the account does not tell.
   */
  readAvailability(): Promise<Readonly<Record<UserId, string>>>;

  /** Names need not be unique. */
  readGroups(): Promise<readonly Group[]>;
  readGroupMembers(group: GroupId): Promise<readonly Person[]>;
  readGroupsOf(user: UserId): Promise<readonly Group[]>;

  /** The customer and their tickets, those changed last first. */
  readCustomer(customer: UserId): Promise<CustomerHistory>;

  /** The language of the account, such as `de`; null when Zendesk does not say. */
  readAccountLocale(): Promise<string | null>;

  /** Articles that have the label and that the person may see, the best first. */
  readGuidelineArticles(label: string, choice?: ArticleChoice): Promise<GuidelineArticles>;
}

export interface Ticket {
  readonly id: TicketId;
  readonly subject: string;
  readonly requester: UserId;
  readonly assignee: UserId | null;
  readonly group: GroupId | null;
  /** `new`, `open`, `pending`, `hold`, `solved` or `closed`. */
  readonly status: string;
  readonly tags: readonly string[];
  readonly followers: readonly UserId[];
  /** Whether the customer can see the ticket. */
  readonly isPublic: boolean;
  /** Value of the field `leeway_status`; null when it is empty or its id is not known. */
  readonly statusField: string | null;
  readonly updatedAt: Instant;
  /** As Zendesk wrote it: what {@link JournalStep.updatedStamp} wants back. */
  readonly updatedStamp: string;
  /** The closed ticket that this one follows up: its tags and fields were copied here. */
  readonly viaFollowUpOf: TicketId | null;
}

/** What the ticket field `leeway_status` can say; null empties it. */
export type StatusFieldValue = 'leeway_waiting_lead' | 'leeway_waiting' | 'leeway_posted' | null;

export interface TicketTidying {
  readonly follow: readonly UserId[];
  readonly unfollow: readonly UserId[];
  /** undefined leaves the field as it is; without effect when the field's id is not known. */
  readonly statusField: StatusFieldValue | undefined;
  readonly updatedStamp: string;
}

export interface JournalStep extends TicketTidying {
  /** For `metadata.leeway`, from `writeJournal`. */
  readonly journal: string;
  /** The internal note, safe HTML from note-html.ts. */
  readonly noteHtml: string;
}

export interface TidiedTicket {
  /** As the answer has them: whom Zendesk will notify. Following may be switched off in the account. */
  readonly followers: readonly UserId[];
  /** For the next write. */
  readonly ticketUpdatedStamp: string;
}

export interface WrittenStep extends TidiedTicket {
  /** Carries exactly the journal that was sent: an answer that does not is an error. */
  readonly audit: Audit;
}

export type ClaimedSlot =
  { readonly kind: 'claimed'; readonly slot: Slot } | { readonly kind: 'taken' };

export interface NewTermsRecord {
  readonly number: number;
  readonly canonical: string;
  readonly digest: string;
  readonly startsAt: Instant;
  /** What people see in Zendesk's list of records. */
  readonly name: string;
}

export type PublishedTerms =
  { readonly kind: 'published'; readonly record: TermsRecord } | { readonly kind: 'taken' };

export interface Person {
  readonly id: UserId;
  readonly name: string;
  readonly email: string | null;
  readonly role: Role;
  /** false: deleted. */
  readonly active: boolean;
  readonly suspended: boolean;
  readonly tags: readonly string[];
  /**
   * Which tickets an agent may see: `assigned`, `groups`, `organization` or `requested`, `unknown`
   * where a role of the account's own decides; null: all.
   */
  readonly restriction: string | null;
  readonly photoUrl: string | null;
  /** Such as `en-US`; null when Zendesk does not say. */
  readonly locale: string | null;
  /** IANA name; null when Zendesk does not say. */
  readonly timeZone: string | null;
  readonly createdAt: Instant;
  /** Id of the organization, if any. */
  readonly organization: string | null;
}

export interface Staff {
  readonly people: readonly Person[];
  /** Whether the account has more: they are found by name. */
  readonly more: boolean;
}

export interface Group {
  readonly id: GroupId;
  readonly name: string;
}

export interface CustomerHistory {
  readonly customer: Person;
  /** Name of the customer's organization; null: none, or one of which only the id is known. */
  readonly organization: string | null;
  readonly tickets: readonly TicketSummary[];
  /** Whether the customer has older tickets than these. */
  readonly more: boolean;
}

export interface TicketSummary {
  readonly id: TicketId;
  readonly subject: string;
  /** How it came, in Zendesk's words: `web`, `email`, `api`, …; null when Zendesk does not say. */
  readonly channel: string | null;
  /** Id of its form; null: it has none. */
  readonly form: string | null;
  readonly status: string;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly tags: readonly string[];
  /** What the customer said of the ticket; null: nothing. */
  readonly satisfaction: Satisfaction | null;
}

export interface Satisfaction {
  readonly score: 'good' | 'bad';
  readonly comment: string | null;
}

export interface PastCredits {
  /** Newest first. */
  readonly credits: readonly Precedent[];
  /** Whether there are older ones than these. */
  readonly more: boolean;
}

/** Not available: no Help Center, or none that this person may see. */
export type GuidelineArticles =
  | {
      readonly available: true;
      readonly articles: readonly GuidelineArticle[];
      /** Whether there are more articles with the label than these. */
      readonly more: boolean;
    }
  | { readonly available: false };

export interface ArticleChoice {
  /** Such as `en-us`; left out: in any language. */
  readonly locale?: string;
  /** Words of which the articles hold some. */
  readonly about?: string;
}

export interface GuidelineArticle {
  readonly id: string;
  readonly title: string;
  readonly labels: readonly string[];
  /** Plain text. */
  readonly snippet: string;
  readonly url: string;
}

/**
 * The helpdesk over a transport. Reads are sent once: give it a transport of `retryReads`.
 * @param statusField id in this account of the ticket field `leeway_status`; null when it is not
 *   known: then the field, which is only a cache of the journal, is neither read nor written
 */
export function createHelpdesk(
  transport: Transport,
  clock: ZendeskClock,
  statusField: string | null,
): Helpdesk {
  return { ...createReads(transport, clock), ...createLater(transport, clock, statusField) };
}
