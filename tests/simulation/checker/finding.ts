/** A rule of DESIGN.md that does not hold in a run. */
export interface Finding {
  readonly rule: string;
  readonly what: string;
}
