export type DeedKind =
  | 'publish'
  | 'affirm'
  | 'request'
  | 'ask'
  | 'approve'
  | 'decline'
  | 'withdraw'
  | 'reverse'
  | 'open';

/** What a use case said, in plain data. */
export interface Outcome {
  readonly kind: string;
  readonly why?: string;
  /** Of a credit that it shows. */
  readonly credit?: string;
  readonly shows?: string;
  /** The newest audit that it had read. */
  readonly upTo?: number;
  readonly number?: number;
  readonly slotMoved?: boolean;
  /** Asked people of whom it was said that nobody notifies them. */
  readonly notNotified?: readonly string[];
}

/** Somebody did something in the app, and what they were told of it. */
export interface Told {
  readonly number: number;
  readonly deed: DeedKind;
  readonly user: string;
  readonly browser: string;
  /** The start of the app in it. */
  readonly sender: string;
  readonly ticket: string | null;
  /** The credit that a step is about; of a request, see `ids`. */
  readonly credit: string | null;
  readonly began: number;
  readonly beganAtLog: number;
  ended: number | null;
  /** Ids that the app made on the way; a request makes its credit's first and its event's second. */
  ids: readonly string[];
  /** Of an approval: how often this person had signed for the maker when it began, by period. */
  readonly pairSigns?: ReadonlyMap<string, number> | undefined;
  /** null: the tab was closed before it could be told. */
  outcome: Outcome | null;
}
