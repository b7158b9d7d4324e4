import { useEffect, useRef } from 'react';
import { nameOf, roleOf } from './people.ts';
import { safeNodes } from './safe-html.ts';
import { useDeskState } from './use-desk.ts';
import { stampTime } from './when.ts';
import { conversationOf } from './zaf-data.ts';

/** The comments of a ticket, oldest first. */
export function Conversation({ ticketId }: { ticketId: number }) {
  const { account } = useDeskState();
  const comments = conversationOf(account, ticketId);
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'nearest' });
  }, [comments.length]);
  return (
    <div className="conversation" role="log" aria-label="Conversation" tabIndex={0}>
      {comments.map(({ comment, audit, isPublic }) => {
        const author = account.users[String(comment.author_id)];
        const writer =
          audit.author_id === comment.author_id ? null : nameOf(account, audit.author_id);
        return (
          <article
            key={comment.id}
            className={isPublic ? 'comment' : 'comment internal'}
            aria-label={`${isPublic ? 'Public reply' : 'Internal note'} by ${nameOf(account, comment.author_id)}`}
          >
            <header>
              <strong>
                <bdi>{nameOf(account, comment.author_id)}</bdi>
              </strong>
              <span className="quiet">{author === undefined ? '' : roleOf(account, author)}</span>
              {writer === null ? null : <span className="warn">written by {writer}</span>}
              {(audit.metadata.flags ?? []).length === 0 ? null : (
                <span className="warn">flags {audit.metadata.flags?.join(', ')}</span>
              )}
              <span className="chip">{isPublic ? 'Public' : 'Internal'}</span>
              <span className="quiet">{audit.via.channel}</span>
              <time className="quiet" dateTime={audit.created_at}>
                {stampTime(audit.created_at)}
              </time>
            </header>
            <CommentText html={comment.html_body} />
          </article>
        );
      })}
      <div ref={end} />
    </div>
  );
}

function CommentText({ html }: { html: string }) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    box.current?.replaceChildren(safeNodes(html));
  }, [html]);
  return <div ref={box} className="comment-text" dir="auto" />;
}
