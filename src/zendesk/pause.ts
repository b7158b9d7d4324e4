/**
 * Zendesk took a request too many. Until the pause is over all ticket tabs of a browser leave it alone:
 * they share one allowance, and each that asks again delays the others.
 */
export interface Pause {
  /** ms until reading may go on; 0: it may now. */
  left(): number;
  /** A pause that is under way only ever grows. */
  begin(ms: number): void;
}
