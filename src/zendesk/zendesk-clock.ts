import { type Instant, later, plus, SECOND } from '#domain/instant.ts';

/** Zendesk's time, as well as a browser can know it. */
export interface ZendeskClock {
  now(): Instant;
  /**
   * @param stamp a time that Zendesk wrote
   * @param fresh whether Zendesk wrote it just now, in the answer to our own write
   */
  observe(stamp: Instant, fresh: boolean): void;
  /**
   * Whether a fresh stamp was seen, so that the clock is known not to run ahead by more than seconds.
   * Without one it may be hours ahead, and nothing may be ended because its time seems over.
   */
  checked(): boolean;
  /** For measuring how long something took, in ms from no moment in particular: no correction moves it. */
  elapsed(): number;
}

/**
 * How far the browser's clock may run ahead of a fresh stamp before it is corrected: the stamp was
 * cut to a whole second and the answer took its time, which is not the clock's fault.
 */
const TOLERANCE = 5 * SECOND;

/**
 * The browser's clock, corrected by what Zendesk wrote and never earlier than that. A clock that is
 * behind is put forward by any newer stamp; one that runs ahead can be known only by a fresh stamp.
 * The result only prevents useless writes: the time of the returned audit or record decides.
 * @param browserNow ms since 1970, such as `Date.now`
 */
export function createZendeskClock(browserNow: () => number): ZendeskClock {
  let offset = 0;
  let newest = 0 as Instant;
  let checked = false;
  const estimate = (): Instant => (Math.trunc(browserNow()) + offset) as Instant;
  return {
    now: () => later(estimate(), newest),
    observe(stamp, fresh) {
      const ahead = estimate() - stamp;
      if (ahead < 0) offset -= ahead;
      // Half of what was cut from the stamp, on average.
      else if (fresh && ahead > TOLERANCE) offset -= estimate() - plus(stamp, SECOND / 2);
      newest = later(newest, stamp);
      checked ||= fresh;
    },
    checked: () => checked,
    elapsed: browserNow,
  };
}
