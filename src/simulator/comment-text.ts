import type { SimulatorState, Ticket, User } from './state.ts';

/** Zendesk cuts a longer body silently. */
const LONGEST_BODY_BYTES = 65_535;

function placeholderValue(
  name: string,
  state: SimulatorState,
  ticket: Ticket,
  author: User,
): string {
  const requester = state.users[String(ticket.requester_id)];
  const assignee =
    ticket.assignee_id === null ? undefined : state.users[String(ticket.assignee_id)];
  const values: Record<string, string | null | undefined> = {
    'ticket.id': String(ticket.id),
    'ticket.title': ticket.subject,
    'ticket.description': ticket.description,
    'ticket.status': ticket.status,
    'ticket.tags': ticket.tags.join(' '),
    'ticket.requester.name': requester?.name,
    'ticket.requester.first_name': requester?.name.split(' ')[0],
    'ticket.requester.email': requester?.email,
    'ticket.assignee.name': assignee?.name,
    'ticket.assignee.email': assignee?.email,
    'current_user.name': author.name,
    'current_user.email': author.email,
    'current_user.id': String(author.id),
  };
  return values[name] ?? '';
}

/**
 * Zendesk runs comment bodies through its Liquid templates: `{{ticket.requester.name}}` becomes the
 * name, an unknown placeholder and every `{% … %}` becomes nothing. Text of people that was not
 * neutralised breaks visibly.
 */
export function expandPlaceholders(
  text: string,
  state: SimulatorState,
  ticket: Ticket,
  author: User,
): string {
  return text
    .replace(/\{%[\s\S]*?%\}/g, '')
    .replace(/\{\{([\s\S]*?)\}\}/g, (_all, inner: string) =>
      placeholderValue((inner.split('|')[0] ?? '').trim(), state, ticket, author),
    );
}

/** At most 65,535 bytes of UTF-8, never half a character. */
export function truncateBody(text: string): string {
  const bytes = new TextEncoder().encode(text);
  if (bytes.length <= LONGEST_BODY_BYTES) return text;
  return new TextDecoder().decode(bytes.slice(0, LONGEST_BODY_BYTES)).replace(/\uFFFD+$/, '');
}

const escapes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => escapes[character] ?? character);
}

/** What Zendesk makes of a plain body: paragraphs, line breaks, everything escaped. */
export function htmlOfPlain(text: string): string {
  const paragraphs = text
    .split(/\n{2,}/)
    .map((part) => `<p dir="auto">${escapeHtml(part).replaceAll('\n', '<br>')}</p>`);
  return `<div class="zd-comment" dir="auto">${paragraphs.join('')}</div>`;
}

/** Script, style and event handlers never survive Zendesk's sanitising. */
export function sanitiseHtml(html: string): string {
  return html
    .replace(/<(script|style|iframe|object|embed)\b[\s\S]*?<\/\1\s*>/gi, '')
    .replace(/<(script|style|iframe|object|embed)\b[^>]*>/gi, '')
    .replace(/\son[a-z]+\s*=\s*("[^"]*"|'[^']*'|[^\s>]+)/gi, '')
    .replace(/(href|src)\s*=\s*(["']?)\s*javascript:[^"'\s>]*/gi, '$1=$2#');
}

const entities: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
};

/** The text of an HTML comment, as `plain_body` has it: a line for each block. */
export function plainOfHtml(html: string): string {
  return html
    .replace(/<br\s*\/?>/gi, '\n')
    .replace(/<\/(p|div|li|h[1-6]|blockquote|tr)>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(amp|lt|gt|quot|#39|nbsp);/g, (entity) => entities[entity] ?? entity)
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
