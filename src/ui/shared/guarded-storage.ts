/**
 * localStorage that never throws. A browser may block it for an app of another site, empty it, or
 * refuse to write when it is full: then values live as long as the page.
 */
export interface GuardedStorage {
  get(key: string): string | null;
  set(key: string, text: string): void;
  remove(key: string): void;
  keys(): readonly string[];
  /** Calls back when another page of this browser changed a key; null: it was removed. */
  onChange(handler: (key: string, text: string | null) => void): () => void;
}

/** @param window its `localStorage` may throw when it is only looked at */
export function guardStorage(
  window: Pick<Window, 'localStorage' | 'addEventListener' | 'removeEventListener'>,
): GuardedStorage {
  const here = new Map<string, string>();
  const attempt = <T>(act: (storage: Storage) => T, otherwise: T): T => {
    try {
      return act(window.localStorage);
    } catch {
      return otherwise;
    }
  };
  return {
    get: (key) => here.get(key) ?? attempt((storage) => storage.getItem(key), null),
    set(key, text) {
      const kept = attempt((storage) => {
        storage.setItem(key, text);
        return true;
      }, false);
      if (kept) here.delete(key);
      else here.set(key, text);
    },
    remove(key) {
      here.delete(key);
      attempt((storage) => {
        storage.removeItem(key);
      }, undefined);
    },
    keys: () => [
      ...new Set([
        ...here.keys(),
        ...attempt(
          (storage) =>
            Array.from({ length: storage.length }, (_, index) => storage.key(index)).filter(
              (key) => key !== null,
            ),
          [],
        ),
      ]),
    ],
    onChange(handler) {
      const listener = ({ key, newValue }: StorageEvent): void => {
        if (key !== null) handler(key, newValue);
      };
      window.addEventListener('storage', listener);
      return () => {
        window.removeEventListener('storage', listener);
      };
    },
  };
}
