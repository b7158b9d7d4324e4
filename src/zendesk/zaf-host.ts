import * as v from 'valibot';
import { type TicketId, ticketId, type UserId, userId } from '#domain/ids.ts';
import { type Zaf, ZafError } from './zaf-client.ts';

/** Who is signed in, as Zendesk's page knows it. Roles are read through REST: this one's is too coarse. */
export interface SignedIn {
  readonly id: UserId;
  readonly name: string;
  /** Such as `en-US`. */
  readonly locale: string;
}

export interface OpenTicket {
  readonly id: TicketId;
  readonly subject: string;
  /** null while the ticket has none that is saved. */
  readonly requester: UserId | null;
}

export type ColorScheme = 'light' | 'dark';

const idFrom = <Id extends string>(read: (value: unknown) => Id | null) =>
  v.pipe(
    v.unknown(),
    v.transform(read),
    v.check((id): id is Id => id !== null, 'is no id'),
    v.transform((id) => id as Id),
  );

const name = v.nullish(v.string(), '');

function read<Schema extends v.GenericSchema>(
  schema: Schema,
  value: unknown,
  path: string,
): v.InferOutput<Schema> {
  const { success, output, issues } = v.safeParse(schema, value);
  if (success) return output;
  throw new ZafError('host-refused', `${path}: ${issues[0].message}`, value);
}

/** Asked of Zendesk's page, which knows it already: no REST request. @throws ZafError */
export async function readSignedIn(zaf: Zaf): Promise<SignedIn> {
  const paths = ['currentUser.id', 'currentUser.name', 'currentUser.locale'] as const;
  const [id, called, locale] = await zaf.get(...paths);
  return {
    id: read(idFrom(userId), id, paths[0]),
    name: read(name, called, paths[1]),
    locale: read(name, locale, paths[2]) || 'en-US',
  };
}

/** @throws ZafError */
export async function readOpenTicket(zaf: Zaf): Promise<OpenTicket> {
  const paths = ['ticket.id', 'ticket.subject', 'ticket.requester'] as const;
  const [id, subject, requester] = await zaf.get(...paths);
  const person = read(v.nullish(v.object({ id: v.unknown() })), requester, paths[2]);
  return {
    id: read(idFrom(ticketId), id, paths[0]),
    subject: read(name, subject, paths[1]),
    requester: userId(person?.id),
  };
}

/** Such as `acme` of acme.zendesk.com. @throws ZafError */
export async function readSubdomain(zaf: Zaf): Promise<string> {
  const [subdomain] = await zaf.get('currentAccount.subdomain');
  return read(v.pipe(v.string(), v.nonEmpty()), subdomain, 'currentAccount.subdomain');
}

/** Light where the host does not say: an older one knows no schemes. */
export async function readColorScheme(zaf: Zaf): Promise<ColorScheme> {
  try {
    const [scheme] = await zaf.get('colorScheme');
    return scheme === 'dark' ? 'dark' : 'light';
  } catch (error) {
    if (error instanceof ZafError && error.code === 'host-refused') return 'light';
    throw error;
  }
}

/**
 * The id in this account of a ticket field that requirements.json names. null when the app was
 * installed without its requirements (Zendesk's local server does not install them).
 */
export async function readRequirementId(zaf: Zaf, key: string): Promise<string | null> {
  const path = `requirement:${key}`;
  try {
    const [requirement] = await zaf.get(path);
    const id = v.union([v.pipe(v.string(), v.digits()), v.pipe(v.number(), v.safeInteger())]);
    const found = read(v.nullish(v.object({ requirement_id: id })), requirement, path);
    return found ? String(found.requirement_id) : null;
  } catch (error) {
    if (error instanceof ZafError && error.code === 'host-refused') return null;
    throw error;
  }
}

/**
 * The value of a ticket's drop-down field, null when it is empty. The page may be behind: it shows the
 * ticket as it was loaded. undefined where the page does not say.
 * @param field id of the field in this account
 */
export async function readTicketField(zaf: Zaf, field: string): Promise<string | null | undefined> {
  const path = `ticket.customField:custom_field_${field}`;
  try {
    const [value] = await zaf.get(path);
    return typeof value === 'string' ? value || null : (value ?? null) === null ? null : undefined;
  } catch (error) {
    if (error instanceof ZafError) return undefined;
    throw error;
  }
}

/**
 * Zendesk does not say whether this event carries the bare value or, as other `.changed` events do,
 * an object around it: both are read.
 * @returns what ends the subscription
 */
export const onColorScheme = (zaf: Zaf, handler: (scheme: ColorScheme) => void): (() => void) =>
  zaf.on('colorScheme.changed', (data) => {
    const changed = v.is(v.object({ newValue: v.literal('dark') }), data);
    handler(data === 'dark' || changed ? 'dark' : 'light');
  });

/**
 * Calls back when what the sidebar shows may be old: the agent came back to the tab, somebody else
 * saved the ticket, or its conversation grew.
 * @returns what ends the subscriptions
 */
export function onTicketNews(
  zaf: Zaf,
  handler: (news: 'activated' | 'updated' | 'conversation') => void,
): () => void {
  const ends = [
    zaf.on('app.activated', () => {
      handler('activated');
    }),
    zaf.on('ticket.updated', () => {
      handler('updated');
    }),
    zaf.on('ticket.conversation.changed', () => {
      handler('conversation');
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}
