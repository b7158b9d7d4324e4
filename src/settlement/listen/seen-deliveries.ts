import type { Instant } from '#domain/instant.ts';
import { AGE_LIMIT_MS } from './signature.ts';

/** Remembers deliveries until they would be refused for their age. Only those with a true signature get here. */
export interface SeenDeliveries {
  /** `full`: so many that another cannot be remembered, and a repeat of it would not be noticed. */
  note(fingerprint: string, sentAt: Instant, now: Instant): 'new' | 'seen' | 'full';
}

export function createSeenDeliveries(most: number): SeenDeliveries {
  const until = new Map<string, number>();
  return {
    note(fingerprint, sentAt, now) {
      if (until.has(fingerprint)) return 'seen';
      if (until.size >= most) forgetOld(until, now);
      if (until.size >= most) return 'full';
      until.set(fingerprint, sentAt + AGE_LIMIT_MS);
      return 'new';
    },
  };
}

function forgetOld(until: Map<string, number>, now: Instant): void {
  for (const [fingerprint, end] of until) if (end < now) until.delete(fingerprint);
}
