import { useState } from 'react';
import type { Fault, FaultRule } from '../faults.ts';
import { useDesk, useDeskState } from './use-desk.ts';

const kinds = {
  'status-429': { name: '429, too many requests', takesTime: false },
  'status-500': { name: '500, server error', takesTime: false },
  'lost-before': { name: 'No answer, nothing happened', takesTime: false },
  'lost-after': { name: 'Answer lost after it happened', takesTime: false },
  late: { name: 'No answer, it happens late', takesTime: true },
  slow: { name: 'Slow answer', takesTime: true },
  malformed: { name: 'Answer is no JSON', takesTime: false },
} as const;
type Kind = keyof typeof kinds;

const targets = {
  'next request': {},
  'next ticket update': { method: 'PUT', path: '^/api/v2/tickets/\\d+(\\.json)?$' },
  'next record created': { method: 'POST', path: '/records(\\.json)?$' },
  'next record changed': { method: 'PATCH', path: '/records/' },
  'next read of audits': { method: 'GET', path: '/audits' },
  'every request': {},
  'every read': { method: 'GET' },
  'every ticket update': { method: 'PUT', path: '^/api/v2/tickets/\\d+(\\.json)?$' },
} as const;
type Target = keyof typeof targets;

function faultOf(kind: Kind, seconds: number): Fault {
  const ms = Math.max(0, seconds) * 1000;
  switch (kind) {
    case 'status-429':
      return {
        kind: 'status',
        status: 429,
        body: { error: 'TooManyRequests', description: 'Asked for in the simulator' },
        headers: { 'retry-after': '5' },
      };
    case 'status-500':
      return { kind: 'status', status: 500, body: { error: 'InternalError' } };
    case 'late':
    case 'slow':
      return { kind, ms };
    default:
      return { kind };
  }
}

/** Makes the next or every request go wrong, in one of the ways in which they do. */
export function FailuresPanel() {
  const desk = useDesk();
  const { faults, userId, account } = useDeskState();
  const [kind, setKind] = useState<Kind>('status-500');
  const [target, setTarget] = useState<Target>('next request');
  const [seconds, setSeconds] = useState(5);
  const [onlyMe, setOnlyMe] = useState(false);
  const add = async () => {
    const rule: FaultRule = {
      match: {
        ...targets[target],
        ...(target.startsWith('next') ? { times: 1 } : {}),
        ...(onlyMe ? { user: userId } : {}),
      },
      fault: faultOf(kind, seconds),
    };
    await desk.client.addFault(rule);
    await desk.refresh();
  };
  return (
    <>
      <form
        className="row wrap"
        onSubmit={(event) => {
          event.preventDefault();
          void desk.attempt(add);
        }}
      >
        <label className="inline">
          <span>Failure</span>
          <select
            value={kind}
            onChange={(event) => {
              setKind(event.target.value as Kind);
            }}
          >
            {(Object.keys(kinds) as Kind[]).map((one) => (
              <option key={one} value={one}>
                {kinds[one].name}
              </option>
            ))}
          </select>
        </label>
        {kinds[kind].takesTime ? (
          <label className="inline">
            <span>Seconds</span>
            <input
              type="number"
              min={1}
              max={600}
              value={seconds}
              onChange={(event) => {
                setSeconds(Number(event.target.value));
              }}
            />
          </label>
        ) : null}
        <label className="inline">
          <span>Strikes</span>
          <select
            value={target}
            onChange={(event) => {
              setTarget(event.target.value as Target);
            }}
          >
            {(Object.keys(targets) as Target[]).map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
        <label>
          <input
            type="checkbox"
            checked={onlyMe}
            onChange={(event) => {
              setOnlyMe(event.target.checked);
            }}
          />{' '}
          only mine
        </label>
        <button type="submit" className="primary">
          Add failure
        </button>
        <button
          type="button"
          onClick={() =>
            void desk.attempt(async () => {
              await desk.client.clearFaults();
              await desk.refresh();
            })
          }
        >
          Clear failures
        </button>
        <button type="button" onClick={() => void desk.attempt(desk.refresh)}>
          Look again
        </button>
      </form>
      {faults.length === 0 ? (
        <p className="quiet">Nothing is set to fail.</p>
      ) : (
        <ul aria-label="Failures that can still strike">
          {faults.map((rule, index) => (
            <li key={index}>
              <code>{JSON.stringify(rule.fault)}</code> on{' '}
              <code>
                {rule.match.method ?? 'any'} {rule.match.path ?? 'any path'}
              </code>
              {rule.match.times === undefined ? ', until cleared' : ', once'}
              {rule.match.user === undefined
                ? ''
                : `, for ${account.users[String(rule.match.user)]?.name ?? 'one user'}`}
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
