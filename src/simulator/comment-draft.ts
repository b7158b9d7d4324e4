import { commentsOf, type EventDraft } from './audit-writer.ts';
import {
  expandPlaceholders,
  htmlOfPlain,
  plainOfHtml,
  sanitiseHtml,
  truncateBody,
} from './comment-text.ts';
import { recordInvalid } from './refusal.ts';
import { isLightAgent } from './rights.ts';
import type { SimulatorState, Ticket, User } from './state.ts';

const MOST_COMMENTS = 5_000;

export interface CommentInput {
  body?: string | undefined;
  html_body?: string | undefined;
  public?: boolean | undefined;
  author_id?: number | undefined;
}

/** The comment as Zendesk stores it: expanded, cut, sanitised, with an author and a visibility. */
export function commentDraft(
  state: SimulatorState,
  ticket: Ticket,
  author: User,
  input: CommentInput,
): Extract<EventDraft, { type: 'Comment' }> {
  const given = input.html_body ?? input.body ?? '';
  if (given.trim() === '') throw recordInvalid('comment', 'Comment: cannot be blank', 'BlankValue');
  if (commentsOf(state, ticket.id).length >= MOST_COMMENTS) {
    throw recordInvalid('comment', 'This ticket has too many comments');
  }
  const expanded = truncateBody(expandPlaceholders(given, state, ticket, author));
  const html = input.html_body === undefined ? htmlOfPlain(expanded) : sanitiseHtml(expanded);
  const plain = input.html_body === undefined ? expanded : plainOfHtml(html);
  const shownAuthor = input.author_id ?? author.id;
  if (state.users[String(shownAuthor)] === undefined) {
    throw recordInvalid('comment', 'Author is invalid');
  }
  // There is no fixed default: a comment without `public` is as public as the ticket.
  const isPublic = input.public ?? ticket.is_public;
  return {
    type: 'Comment',
    author_id: shownAuthor,
    body: plain,
    html_body: html,
    plain_body: plain,
    public: author.only_private_comments || isLightAgent(author) ? false : isPublic,
    attachments: [],
  };
}
