import { useEffect, useState } from 'react';
import type { LogEntry } from '../request-log.ts';
import { nameOf } from './people.ts';
import { useDesk, useDeskState } from './use-desk.ts';

const everyMs = 1500;

/** The requests that the simulator answered or lost, newest first, and what each open tab has cost. */
export function RequestLog() {
  const desk = useDesk();
  const { tabs, account } = useDeskState();
  const [entries, setEntries] = useState<LogEntry[]>([]);
  const [from, setFrom] = useState(0);
  const [onlyApp, setOnlyApp] = useState(true);
  useEffect(() => {
    let shown = true;
    const look = () =>
      desk.attempt(async () => {
        const log = await desk.client.log(from);
        if (shown) setEntries(log.entries);
      });
    void look();
    const timer = setInterval(() => void look(), everyMs);
    return () => {
      shown = false;
      clearInterval(timer);
    };
  }, [desk, from]);
  const listed = entries.filter((entry) => entry.app || !onlyApp);
  return (
    <>
      <table className="inspect">
        <caption>Requests of each open ticket’s app</caption>
        <thead>
          <tr>
            <th scope="col">Ticket</th>
            <th scope="col">API since loaded</th>
            <th scope="col">Help Center since loaded</th>
            <th scope="col">Since last in front</th>
          </tr>
        </thead>
        <tbody>
          {tabs.map(({ ticketId, counts }) => (
            <tr key={ticketId}>
              <td>#{ticketId}</td>
              <td>{counts.api}</td>
              <td>{counts.helpCenter}</td>
              <td>{counts.sinceActivation}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="row">
        <span>
          {desk.bridge.allowance.used()} of this window’s 100 in the last minute · {listed.length}{' '}
          listed
        </span>
        <button
          type="button"
          onClick={() => {
            setFrom((entries.at(-1)?.n ?? from - 1) + 1);
          }}
        >
          Count from here
        </button>
        <label>
          <input
            type="checkbox"
            checked={onlyApp}
            onChange={(event) => {
              setOnlyApp(event.target.checked);
            }}
          />{' '}
          only the app’s
        </label>
      </p>
      <table className="inspect">
        <thead>
          <tr>
            <th scope="col">No.</th>
            <th scope="col">User</th>
            <th scope="col">Request</th>
            <th scope="col">Answer</th>
          </tr>
        </thead>
        <tbody>
          {listed.toReversed().map((entry) => (
            <tr key={entry.n}>
              <td>{entry.n}</td>
              <td>{entry.user === null ? 'anonymous' : nameOf(account, entry.user)}</td>
              <td>
                <code>
                  {entry.method} {decodeURIComponent(entry.path)}
                </code>
                {entry.body === undefined ? null : (
                  <details>
                    <summary>body</summary>
                    <pre>{JSON.stringify(entry.body, null, 2)}</pre>
                  </details>
                )}
              </td>
              <td className={entry.status >= 400 ? 'warn' : undefined}>
                {entry.status === 0 ? '–' : entry.status}
                {entry.answered === 'lost' ? ' (lost)' : ''}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
