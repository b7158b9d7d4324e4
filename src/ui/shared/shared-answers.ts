import type { GuardedStorage } from './guarded-storage.ts';

/** An answer of Zendesk's that all ticket tabs of this browser share. */
export interface SharedAnswer {
  readonly data: unknown;
  /** How long ago it was read, in ms. */
  readonly age: number;
}

export interface SharedAnswers {
  find(key: readonly string[]): SharedAnswer | null;
  /** @param data must survive JSON */
  keep(key: readonly string[], data: unknown): void;
  /** After a write that made it wrong: no tab may trust it any more. */
  drop(key: readonly string[]): void;
  /** Calls back when another tab kept or dropped an answer (null). */
  onChange(handler: (key: readonly string[], answer: SharedAnswer | null) => void): () => void;
}

const ROOT = 'leeway:answers:';

/**
 * Answers kept in the browser for one user of one account and one version of the app: the owner is
 * part of each key, so that nobody is shown what another person or an older version has left there.
 * What is older than `keepMs`, whoever it belonged to, is removed at the start.
 */
export function createSharedAnswers(
  storage: GuardedStorage,
  owner: { readonly account: string; readonly user: string; readonly version: string },
  { now, keepMs }: { readonly now: () => number; readonly keepMs: number },
): SharedAnswers {
  const prefix = `${ROOT}${JSON.stringify([owner.version, owner.account, owner.user])}`;
  const parse = (text: string | null): SharedAnswer | null => {
    try {
      const value: unknown = text === null ? null : JSON.parse(text);
      if (typeof value !== 'object' || value === null || !('data' in value)) return null;
      const at = 'at' in value ? value.at : null;
      const age = typeof at === 'number' ? now() - at : -1;
      return age >= 0 && age < keepMs ? { data: value.data, age } : null;
    } catch {
      return null;
    }
  };
  for (const key of storage.keys()) {
    const outdated = key.startsWith(ROOT) && parse(storage.get(key)) === null;
    if (outdated) storage.remove(key);
  }
  const name = (key: readonly string[]): string => prefix + JSON.stringify(key);
  return {
    find: (key) => parse(storage.get(name(key))),
    keep(key, data) {
      storage.set(name(key), JSON.stringify({ data, at: now() }));
    },
    drop(key) {
      storage.remove(name(key));
    },
    onChange: (handler) =>
      storage.onChange((key, text) => {
        if (key.startsWith(prefix)) {
          handler(JSON.parse(key.slice(prefix.length)) as string[], parse(text));
        }
      }),
  };
}
