import type { Workspace } from './host.ts';
import { isJsonObject, type JsonObject } from './frames.ts';

export interface ZafUser {
  id: number;
  name: string;
  email: string | null;
  role: string;
  locale: string;
  timeZone: string;
  externalId: string | null;
  tags: string[];
  groups: { id: number; name: string }[];
}

export interface ZafComment {
  author: { id: number; name: string; role: string; avatar: string };
  channel: { name: string };
  message: { content: string; contentType: 'text/html' };
  timestamp: string;
  attachments: never[];
}

/** The ticket as its form shows it, changes that are not saved yet included. */
export interface ZafTicket {
  id: number;
  subject: string;
  description: string;
  status: string;
  priority: string | null;
  type: string | null;
  tags: string[];
  requester: ZafUser;
  assignee: { user: ZafUser | null; group: { id: number; name: string } | null };
  organization: { id: number; name: string } | null;
  followers: { id: number; name: string; email: string | null }[];
  customFields: { id: number; title: string; type: string; value: unknown }[];
  createdAt: string;
  updatedAt: string;
}

/** What the page shows and lets be changed, read at each question. */
export interface WorkspaceSource {
  ticket(): ZafTicket;
  conversation(): ZafComment[];
  comment(): { text: string; type: 'internalNote' | 'publicReply' };
  currentUser(): ZafUser;
  subdomain: string;
  colorScheme(): 'light' | 'dark';
  requirement(
    key: string,
  ): { requirement_id: number | string; requirement_type: string } | undefined;
  assetUrl(name: string): string;

  setCommentText(text: string): void;
  appendCommentText(text: string): void;
  setCommentType(type: 'internalNote' | 'publicReply'): void;
  setSubject(subject: string): void;
  setStatus(status: string): void;
  setCustomField(id: number, value: unknown): void;
  changeTags(add: string[], remove: string[]): void;
  showField(id: number, shown: boolean): void;
  resize(size: { width?: string; height?: string }): void;
  notify(text: string, kind: string, duration: unknown): void;
  openTicket(id: number): void;
  close(): void;
}

const brand = { id: 360001, name: 'Pedal & Pine', subdomain: 'pedal-and-pine', active: true };
const form = { id: 360002 };

/** The paths and actions of a ticket sidebar that Zendesk documents, or that public apps use. */
export function createTicketWorkspace(source: WorkspaceSource): Workspace {
  return {
    get: (path) => read(source, path),
    set: (path, value) => write(source, path, value),
    invoke: (action, args) => act(source, action, args),
  };
}

function read(source: WorkspaceSource, path: string): unknown {
  const requirement = /^requirement:(.+)$/.exec(path)?.[1];
  if (requirement !== undefined) return source.requirement(requirement);
  const asset = /^assetURL:(.+)$/.exec(path)?.[1];
  if (asset !== undefined) return source.assetUrl(asset.replaceAll('\\.', '.'));
  const fieldId = /^ticket\.customField:custom_field_(\d+)$/.exec(path)?.[1];
  if (fieldId !== undefined) {
    const field = source.ticket().customFields.find(({ id }) => id === Number(fieldId));
    return field === undefined ? undefined : (field.value ?? null);
  }
  const [root = '', ...rest] = path.split('.');
  switch (root) {
    case 'ticket':
      return walk(ticketJson(source), rest);
    case 'currentUser':
      return walk(userJson(source.currentUser()), rest);
    case 'currentAccount':
      return walk({ subdomain: source.subdomain, planName: 'Suite Professional' }, rest);
    case 'comment':
      return walk({ ...source.comment(), useRichText: true, attachments: [] }, rest);
    case 'colorScheme':
      return rest.length === 0 ? source.colorScheme() : undefined;
    case 'ticketFields':
      return rest.length === 0 ? fieldsJson(source) : undefined;
    case 'organization':
      return source.ticket().organization === null
        ? null
        : walk(source.ticket().organization, rest);
    default:
      return undefined;
  }
}

/** Only own properties: `ticket.constructor` is no path. */
function walk(value: unknown, path: readonly string[]): unknown {
  let at = value;
  for (const name of path) {
    if (!isJsonObject(at) || !Object.hasOwn(at, name)) return undefined;
    at = at[name];
  }
  return at === undefined ? undefined : at;
}

function userJson(user: ZafUser): JsonObject {
  return {
    ...user,
    alias: '',
    avatarUrl: '',
    details: '',
    notes: '',
    timeZone: { name: user.timeZone, ianaName: user.timeZone },
    organizations: [],
    identities: user.email === null ? [] : [{ type: 'email', value: user.email }],
  };
}

function ticketJson(source: WorkspaceSource): JsonObject {
  const ticket = source.ticket();
  const assignedUser = ticket.assignee.user;
  return {
    id: ticket.id,
    subject: ticket.subject,
    description: ticket.description,
    status: ticket.status,
    priority: ticket.priority,
    type: ticket.type,
    tags: ticket.tags,
    requester: userJson(ticket.requester),
    assignee: {
      user: assignedUser === null ? null : userJson(assignedUser),
      group: ticket.assignee.group,
    },
    organization: ticket.organization,
    followers: ticket.followers,
    collaborators: [],
    viewers: [],
    brand,
    form,
    isNew: false,
    createdAt: ticket.createdAt,
    updatedAt: ticket.updatedAt,
    conversation: source.conversation(),
    comment: source.comment(),
  };
}

function fieldsJson(source: WorkspaceSource): JsonObject[] {
  return source.ticket().customFields.map((field) => ({
    name: `custom_field_${String(field.id)}`,
    label: field.title,
    type: field.type,
    isVisible: true,
  }));
}

function write(source: WorkspaceSource, path: string, value: unknown): boolean {
  const fieldId = /^ticket\.customField:custom_field_(\d+)$/.exec(path)?.[1];
  if (fieldId !== undefined) {
    const known = source.ticket().customFields.some(({ id }) => id === Number(fieldId));
    if (known) source.setCustomField(Number(fieldId), value);
    return known;
  }
  switch (path) {
    case 'comment.text':
    case 'ticket.comment.text':
      source.setCommentText(String(value));
      return true;
    case 'comment.type':
    case 'ticket.comment.type':
      if (value !== 'internalNote' && value !== 'publicReply') return false;
      source.setCommentType(value);
      return true;
    case 'ticket.subject':
      source.setSubject(String(value));
      return true;
    case 'ticket.status':
      source.setStatus(String(value));
      return true;
    case 'ticket.tags': {
      const wanted = texts(value);
      const now = source.ticket().tags;
      source.changeTags(
        wanted.filter((tag) => !now.includes(tag)),
        now.filter((tag) => !wanted.includes(tag)),
      );
      return true;
    }
    default:
      return false;
  }
}

function act(source: WorkspaceSource, action: string, args: readonly unknown[]): boolean {
  const [first, second, third] = args;
  const visibility = /^ticketFields:(?:custom_field_)?(\d+)\.(hide|show)$/.exec(action);
  if (visibility !== null) {
    source.showField(Number(visibility[1]), visibility[2] === 'show');
    return true;
  }
  switch (action) {
    case 'resize':
      if (isJsonObject(first)) source.resize(sizeOf(first));
      return true;
    case 'notify':
      source.notify(String(first ?? ''), typeof second === 'string' ? second : 'notice', third);
      return true;
    case 'routeTo':
      if (first === 'ticket' && Number.isInteger(Number(second))) source.openTicket(Number(second));
      return true;
    case 'comment.appendText':
    case 'comment.appendMarkdown':
    case 'ticket.comment.appendText':
    case 'ticket.comment.appendMarkdown':
    case 'ticket.editor.insert':
      source.appendCommentText(String(first ?? ''));
      return true;
    case 'comment.appendHtml':
    case 'ticket.comment.appendHtml':
      source.appendCommentText(String(first ?? '').replace(/<[^>]*>/g, ''));
      return true;
    case 'ticket.tags.add':
      source.changeTags(texts(first), []);
      return true;
    case 'ticket.tags.remove':
      source.changeTags([], texts(first));
      return true;
    case 'app.close':
    case 'destroy':
      source.close();
      return true;
    // A sidebar has no popover and no pane to load: Zendesk takes these calls and does nothing.
    case 'popover':
    case 'preloadPane':
    case 'show':
    case 'hide':
      return true;
    default:
      return false;
  }
}

function sizeOf(wish: JsonObject): { width?: string; height?: string } {
  const size: { width?: string; height?: string } = {};
  for (const side of ['width', 'height'] as const) {
    const value = wish[side];
    if (typeof value === 'number') size[side] = `${String(value)}px`;
    else if (typeof value === 'string' && /^\d+(\.\d+)?(px|%|vh)?$/.test(value)) {
      size[side] = /^\d+(\.\d+)?$/.test(value) ? `${value}px` : value;
    }
  }
  return size;
}

const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((text) => typeof text === 'string');
