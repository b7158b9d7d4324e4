import { useEffect, useState } from 'react';
import { signedIn } from './desk-state.ts';
import { parametersOf, savedValue, type Parameter } from './manifest-form.ts';
import { useDesk, useDeskState } from './use-desk.ts';

/** The app's settings as Zendesk's Admin Center shows them: a form made from manifest.json. */
export function SettingsPanel() {
  const desk = useDesk();
  const state = useDeskState();
  const { locale } = state;
  const [parameters, setParameters] = useState<Parameter[] | null>(null);
  useEffect(() => {
    let shown = true;
    void desk.attempt(async () => {
      const [manifest, ...translations] = await Promise.all([
        desk.client.file('/manifest.json'),
        // English is the manifest's default locale, and its file has no region in its name.
        locale.startsWith('en')
          ? null
          : desk.client.file(`/translations/${locale}.json`).catch(() => null),
        desk.client.file('/translations/en.json').catch(() => null),
      ]);
      if (shown) setParameters(parametersOf(manifest, translations));
    });
    return () => {
      shown = false;
    };
  }, [desk, locale]);
  if (signedIn(state).role !== 'admin') return <p>Only admins change an app’s settings.</p>;
  return parameters === null ? <p>Loading…</p> : <Form parameters={parameters} />;
}

function Form({ parameters }: { parameters: readonly Parameter[] }) {
  const desk = useDesk();
  const { account } = useDeskState();
  const saved = account.installed_app?.settings ?? {};
  const [typed, setTyped] = useState<Record<string, string | boolean>>({});
  const shownOf = ({ name, type }: Parameter): string | boolean => {
    const value = typed[name] ?? saved[name];
    if (type === 'checkbox') return value === true || value === 'true';
    return value === null || value === undefined ? '' : String(value);
  };
  const save = async () => {
    const settings = Object.fromEntries(
      parameters.map((parameter) => [parameter.name, savedValue(parameter, shownOf(parameter))]),
    );
    await desk.client.saveSettings({ ...saved, ...settings });
    setTyped({});
    await desk.refresh();
  };
  return (
    <form
      className="settings"
      onSubmit={(event) => {
        event.preventDefault();
        void desk.attempt(save);
      }}
    >
      {parameters.map((parameter) => (
        <Setting
          key={parameter.name}
          parameter={parameter}
          value={shownOf(parameter)}
          onChange={(value) => {
            setTyped({ ...typed, [parameter.name]: value });
          }}
        />
      ))}
      <div className="row settings-end">
        <button type="submit" className="primary">
          Save settings
        </button>
        <button
          type="button"
          onClick={() => {
            const defaults = parameters.map(({ name, type, default: value }) => [
              name,
              type === 'checkbox' ? value === true : value === null ? '' : String(value),
            ]);
            setTyped(Object.fromEntries(defaults) as Record<string, string | boolean>);
          }}
        >
          Fill in the defaults
        </button>
      </div>
    </form>
  );
}

interface SettingProps {
  parameter: Parameter;
  value: string | boolean;
  onChange(value: string | boolean): void;
}

function Setting({ parameter, value, onChange }: SettingProps) {
  const { name, type, label, help, required } = parameter;
  const id = `setting-${name}`;
  const about = help === '' ? {} : { 'aria-describedby': `${id}-help` };
  return (
    <div className={type === 'multiline' ? 'field wide' : 'field'}>
      <label htmlFor={id} className="label">
        {label}
        {required ? ' *' : ''}
      </label>
      {type === 'multiline' ? (
        <textarea
          id={id}
          {...about}
          rows={6}
          spellCheck={false}
          value={String(value)}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        />
      ) : type === 'checkbox' ? (
        <input
          id={id}
          {...about}
          type="checkbox"
          checked={value === true}
          onChange={(event) => {
            onChange(event.target.checked);
          }}
        />
      ) : (
        // A plain text box also for numbers: what Zendesk keeps of a wrong one is not known, and the
        // app has to bear with it.
        <input
          id={id}
          {...about}
          type="text"
          inputMode={type === 'number' ? 'decimal' : 'text'}
          required={required}
          value={String(value)}
          onChange={(event) => {
            onChange(event.target.value);
          }}
        />
      )}
      {help === '' ? null : (
        <p id={`${id}-help`} className="quiet small">
          {help}
        </p>
      )}
    </div>
  );
}
