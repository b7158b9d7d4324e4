import { locales, signedIn, type Panel } from './desk-state.ts';
import { groupNamesOf, roleOf, signInChoices } from './people.ts';
import { useDesk, useDeskState } from './use-desk.ts';
import { clockTime } from './when.ts';

const hour = 3_600_000;
const steps = [
  ['+1 h', hour],
  ['+1 day', 24 * hour],
  ['+31 days', 31 * 24 * hour],
] as const;

/** Who is signed in, and what the pretend Zendesk can be made to do. */
export function TopBar() {
  const desk = useDesk();
  const state = useDeskState();
  const { account, userId, scheme, locale, panel, now, faults } = state;
  const me = signedIn(state);
  const panels: [Panel, string][] = [
    ['inspector', 'Inspector'],
    ['failures', faults.length === 0 ? 'Failures' : `Failures (${String(faults.length)})`],
    ['actions', 'Actions'],
    ...(me.role === 'admin' ? ([['settings', 'App settings']] as [Panel, string][]) : []),
  ];
  return (
    <header className="top">
      <div className="top-row">
        <strong className="brand">Pretend Zendesk</strong>
        <label className="inline">
          <span>Signed in as</span>
          <select
            value={userId}
            onChange={(event) => {
              const address = new URL(window.location.href);
              address.searchParams.set('as', event.target.value);
              window.location.assign(address);
            }}
          >
            {signInChoices(account).map((user) => (
              <option key={user.id} value={user.id}>
                {`${user.name} (${roleOf(account, user)})`}
              </option>
            ))}
          </select>
        </label>
        <span className="who" aria-label="Role and groups">
          {[roleOf(account, me), ...groupNamesOf(account, me)].join(' · ')}
        </span>
        <label className="inline">
          <span>Language</span>
          <select
            value={locale}
            onChange={(event) => {
              desk.setLocale(event.target.value);
            }}
          >
            {locales.map((one) => (
              <option key={one}>{one}</option>
            ))}
          </select>
        </label>
        <button
          type="button"
          aria-pressed={scheme === 'dark'}
          onClick={() => {
            desk.setScheme(scheme === 'dark' ? 'light' : 'dark');
          }}
        >
          Dark
        </button>
      </div>
      <div className="top-row">
        <span className="clock">
          <span className="quiet">Clock</span> {clockTime(now)}
        </span>
        <span role="group" aria-label="Advance the clock" className="group">
          {steps.map(([name, ms]) => (
            <button
              key={name}
              type="button"
              onClick={() => void desk.attempt(() => desk.client.advanceClock(ms))}
            >
              {name}
            </button>
          ))}
        </span>
        <span className="spacer" />
        {panels.map(([one, name]) => (
          <button
            key={one}
            type="button"
            aria-pressed={panel === one}
            onClick={() => {
              desk.showPanel(panel === one ? null : one);
            }}
          >
            {name}
          </button>
        ))}
        <button
          type="button"
          className="danger"
          onClick={() => void desk.attempt(() => desk.client.reset())}
        >
          Reset
        </button>
      </div>
    </header>
  );
}
