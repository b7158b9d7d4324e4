import type { Pause } from '#zendesk/pause.ts';
import type { GuardedStorage } from './guarded-storage.ts';

export interface SharedPause extends Pause {
  /** Calls back when it begins, in this tab or another, or grows. @returns what ends it */
  onChange(handler: () => void): () => void;
}

/** A minute is Zendesk's longest window; more is a clock that was set back. */
const LONGEST = 60_000;

/** The pause of all ticket tabs of one agent in this browser; of this tab alone where storage is blocked. */
export function createSharedPause(
  storage: GuardedStorage,
  owner: { readonly account: string; readonly user: string },
  now: () => number,
): SharedPause {
  const key = `leeway:pause:${JSON.stringify([owner.account, owner.user])}`;
  const handlers = new Set<() => void>();
  const left = (): number => {
    const rest = Number(storage.get(key) ?? 0) - now();
    return rest > 0 && rest <= LONGEST ? rest : 0;
  };
  return {
    left,
    begin(ms) {
      const wanted = Math.min(ms, LONGEST);
      if (wanted <= left()) return;
      storage.set(key, String(now() + wanted));
      for (const handler of handlers) handler();
    },
    onChange(handler) {
      handlers.add(handler);
      const end = storage.onChange((changed) => {
        if (changed === key) handler();
      });
      return () => {
        handlers.delete(handler);
        end();
      };
    },
  };
}
