import { useState } from 'react';
import type { Audit, AuditEvent, CustomObjectRecord, JsonValue, SimulatorState } from '../state.ts';
import { nameOf } from './people.ts';
import { RequestLog } from './request-log-view.tsx';
import { useDeskState } from './use-desk.ts';
import { stampTime } from './when.ts';

const parts = {
  writes: 'Journal of this ticket',
  records: 'Records',
  requests: 'Requests',
} as const;
type Part = keyof typeof parts;

/** What was written, wherever it was written: audits, records, and the requests that did it. */
export function Inspector() {
  const [part, setPart] = useState<Part>('writes');
  return (
    <>
      <div className="row" role="group" aria-label="Inspect">
        {(Object.keys(parts) as Part[]).map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={part === one}
            onClick={() => {
              setPart(one);
            }}
          >
            {parts[one]}
          </button>
        ))}
      </div>
      {part === 'writes' ? <Journal /> : null}
      {part === 'records' ? <Records /> : null}
      {part === 'requests' ? <RequestLog /> : null}
    </>
  );
}

function Journal() {
  const { front, account } = useDeskState();
  const ticket = front === null ? undefined : account.tickets[String(front)];
  if (ticket === undefined) return <p className="quiet">Open a ticket to see its audits.</p>;
  const audits = (account.audits[String(ticket.id)] ?? []).toReversed();
  return (
    <>
      <p>
        Followers: {ticket.follower_ids.map((id) => nameOf(account, id)).join(', ') || 'nobody'}
      </p>
      <table className="inspect">
        <thead>
          <tr>
            <th scope="col">Audit</th>
            <th scope="col">By</th>
            <th scope="col">What</th>
            <th scope="col">metadata.custom</th>
          </tr>
        </thead>
        <tbody>
          {audits.map((audit) => (
            <AuditRow key={audit.id} audit={audit} />
          ))}
        </tbody>
      </table>
    </>
  );
}

function AuditRow({ audit }: { audit: Audit }) {
  const { account } = useDeskState();
  const custom = Object.entries(audit.metadata.custom);
  return (
    <tr>
      <td>
        <code>{audit.id}</code>
        <br />
        <span className="quiet small">{stampTime(audit.created_at)}</span>
      </td>
      <td>
        {nameOf(account, audit.author_id)}
        <br />
        <span className="quiet small">via {audit.via.channel}</span>
      </td>
      <td>
        <ul className="plain">
          {audit.events.map((event) => (
            <li key={event.id}>{sayEvent(account, event)}</li>
          ))}
        </ul>
      </td>
      <td>
        {custom.map(([key, value]) => (
          <details key={key} open>
            <summary>{key}</summary>
            <pre>{pretty(value)}</pre>
          </details>
        ))}
      </td>
    </tr>
  );
}

function sayEvent(state: SimulatorState, event: AuditEvent): string {
  switch (event.type) {
    case 'Comment': {
      const kind = event.public ? 'Public reply' : 'Internal note';
      return `${kind} as ${nameOf(state, event.author_id)}: ${event.plain_body}`;
    }
    case 'Create':
      return `${fieldName(state, event.field_name)} = ${brief(event.value)}`;
    case 'Change':
      return `${fieldName(state, event.field_name)}: ${brief(event.previous_value ?? null)} → ${brief(event.value)}`;
    case 'FollowerChange':
      return `Followers: ${event.previous_followers.join(', ') || 'nobody'} → ${event.current_followers.join(', ') || 'nobody'}`;
    case 'CommentPrivacyChange':
      return `Comment ${String(event.comment_id)} made ${event.public ? 'public' : 'private'}`;
  }
}

const fieldName = (state: SimulatorState, name: string): string =>
  state.ticket_fields[name]?.title ?? name;

const brief = (value: JsonValue): string =>
  value === null ? '–' : typeof value === 'string' ? value : JSON.stringify(value);

/** JSON inside a string is shown as what it holds. */
function pretty(value: JsonValue): string {
  if (typeof value !== 'string') return JSON.stringify(value, null, 2);
  try {
    return JSON.stringify(JSON.parse(value), null, 2);
  } catch {
    return value;
  }
}

function Records() {
  const { account } = useDeskState();
  return Object.values(account.custom_objects).map((object) => {
    const records = Object.values(account.records[object.key] ?? {}).toSorted((one, other) =>
      other.updated_at.localeCompare(one.updated_at),
    );
    return (
      <details key={object.key} open>
        <summary>
          {object.title_pluralized} ({records.length})
        </summary>
        <table className="inspect">
          <thead>
            <tr>
              <th scope="col">External id</th>
              <th scope="col">Fields</th>
              <th scope="col">Created</th>
              <th scope="col">Last changed</th>
            </tr>
          </thead>
          <tbody>
            {records.map((record) => (
              <RecordRow key={record.id} record={record} />
            ))}
          </tbody>
        </table>
      </details>
    );
  });
}

function RecordRow({ record }: { record: CustomObjectRecord }) {
  const { account } = useDeskState();
  const fields = Object.entries(record.custom_object_fields).filter(([, value]) => value !== null);
  return (
    <tr>
      <td>
        <code>{record.external_id}</code>
        <br />
        <span className="quiet small">{record.name}</span>
      </td>
      <td>
        <pre>{fields.map(([key, value]) => `${key}: ${brief(value)}`).join('\n')}</pre>
      </td>
      <td>
        {nameOf(account, Number(record.created_by_user_id))}
        <br />
        <span className="quiet small">{stampTime(record.created_at)}</span>
      </td>
      <td>
        {nameOf(account, Number(record.updated_by_user_id))}
        <br />
        <span className="quiet small">{stampTime(record.updated_at)}</span>
      </td>
    </tr>
  );
}
