import { useState } from 'react';
import type { JsonValue, Ticket, TicketField } from '../state.ts';
import type { Tab } from './desk-state.ts';
import { nameOf } from './people.ts';
import { useDesk, useDeskState } from './use-desk.ts';
import { stampTime } from './when.ts';
import { hasFormChanges, tagsWith } from './zaf-data.ts';

/** The ticket's properties. Changes are saved with the composer's Send, or with Save here. */
export function TicketForm({ tab, ticket }: { tab: Tab; ticket: Ticket }) {
  const desk = useDesk();
  const { account, busy } = useDeskState();
  const requester = account.users[String(ticket.requester_id)];
  const organization =
    ticket.organization_id === null
      ? null
      : account.organizations[String(ticket.organization_id)]?.name;
  const fields = Object.values(account.ticket_fields).filter(
    (field) => field.removable && field.active && !tab.draft.hiddenFields.includes(field.id),
  );
  return (
    <section className="form" aria-label="Ticket fields">
      <dl>
        <dt>Requester</dt>
        <dd>
          <bdi>{nameOf(account, ticket.requester_id)}</bdi>
          <span className="quiet small">{requester?.email ?? requester?.phone}</span>
          {organization === null ? null : <span className="quiet small">{organization}</span>}
        </dd>
        <dt>Assignee</dt>
        <dd>
          <bdi>{nameOf(account, ticket.assignee_id)}</bdi>
          <span className="quiet small">
            {ticket.group_id === null ? '' : account.groups[String(ticket.group_id)]?.name}
          </span>
        </dd>
        <dt>Status</dt>
        <dd>
          <span className={`status status-${ticket.status}`}>{ticket.status}</span>
        </dd>
        <dt>Priority, type</dt>
        <dd>
          {ticket.priority ?? '–'}, {ticket.type ?? '–'}
        </dd>
        <dt>Followers</dt>
        <dd>
          {ticket.follower_ids.length === 0
            ? '–'
            : ticket.follower_ids.map((id) => nameOf(account, id)).join(', ')}
        </dd>
        <dt>Satisfaction</dt>
        <dd>
          {ticket.satisfaction_rating.score.replaceAll('_', ' ')}
          {ticket.satisfaction_rating.comment === undefined ? null : (
            <span className="quiet small">“{ticket.satisfaction_rating.comment}”</span>
          )}
        </dd>
      </dl>
      <Tags tab={tab} ticket={ticket} />
      {fields.map((field) => (
        <Field key={field.id} tab={tab} ticket={ticket} field={field} />
      ))}
      {hasFormChanges(tab.draft) ? (
        <button
          type="button"
          className="primary"
          disabled={busy}
          onClick={() => void desk.submit(ticket.id)}
        >
          Save
        </button>
      ) : null}
      <p className="quiet small">
        Created {stampTime(ticket.created_at)}
        <br />
        Updated {stampTime(ticket.updated_at)}
      </p>
    </section>
  );
}

function Tags({ tab, ticket }: { tab: Tab; ticket: Ticket }) {
  const desk = useDesk();
  const [text, setText] = useState('');
  const { draft } = tab;
  return (
    <div className="field">
      <span className="label" id={`tags-${String(ticket.id)}`}>
        Tags
      </span>
      <ul className="tags" aria-labelledby={`tags-${String(ticket.id)}`}>
        {tagsWith(ticket, draft).map((tag) => (
          <li key={tag}>
            {tag}{' '}
            <button
              type="button"
              aria-label={`Remove tag ${tag}`}
              onClick={() => {
                desk.edit(ticket.id, {
                  tagsRemoved: [...draft.tagsRemoved, tag],
                  tagsAdded: draft.tagsAdded.filter((added) => added !== tag),
                });
              }}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      <input
        aria-label="Add tag"
        placeholder="Add tag, Enter"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
        }}
        onKeyDown={(event) => {
          const tag = text.trim();
          if (event.key !== 'Enter' || tag === '') return;
          event.preventDefault();
          desk.edit(ticket.id, {
            tagsAdded: [...draft.tagsAdded, tag],
            tagsRemoved: draft.tagsRemoved.filter((removed) => removed !== tag),
          });
          setText('');
        }}
      />
    </div>
  );
}

function Field({ tab, ticket, field }: { tab: Tab; ticket: Ticket; field: TicketField }) {
  const desk = useDesk();
  const key = String(field.id);
  const saved = ticket.custom_fields[key] ?? null;
  const drafted = tab.draft.customFields[key];
  const value = drafted === undefined ? saved : drafted;
  const change = (next: JsonValue) => {
    const { [key]: _before, ...others } = tab.draft.customFields;
    desk.edit(ticket.id, {
      customFields: next === saved ? others : { ...others, [key]: next },
    });
  };
  const shown = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return (
    <label className="field">
      <span className="label">{field.title}</span>
      {field.type === 'tagger' ? (
        <select
          value={shown}
          onChange={(event) => {
            change(event.target.value === '' ? null : event.target.value);
          }}
        >
          <option value="">–</option>
          {field.custom_field_options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.name}
            </option>
          ))}
        </select>
      ) : (
        <input
          value={shown}
          onChange={(event) => {
            change(event.target.value === '' ? null : event.target.value);
          }}
        />
      )}
    </label>
  );
}
