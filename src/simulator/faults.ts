export type Fault =
  /** Answered by this status instead; nothing happens. */
  | { kind: 'status'; status: number; body?: unknown; headers?: Record<string, string> }
  /** Nothing happens and the connection dies. */
  | { kind: 'lost-before' }
  /** It happens and the connection dies. */
  | { kind: 'lost-after' }
  /** The connection dies at once; it happens `ms` later by the clock. */
  | { kind: 'late'; ms: number }
  /** It happens at once, the answer takes `ms` by the clock. */
  | { kind: 'slow'; ms: number }
  /** It happens, and the answer is no JSON. */
  | { kind: 'malformed' };

export interface FaultRule {
  match: {
    method?: string;
    /** Source of a regular expression over path and query. */
    path?: string;
    user?: number;
    /** How often it strikes; without it, until cleared. */
    times?: number;
  };
  fault: Fault;
  /** How many matching requests pass unharmed first. */
  skip?: number;
}

export interface FaultBox {
  add(rule: FaultRule): void;
  clear(): void;
  /** Rules that can still strike. */
  list(): FaultRule[];
  /** The fault for this request, if one strikes; counts it. The oldest rule that matches wins. */
  strike(request: { method: string; path: string; user: number | null }): Fault | undefined;
}

/** An empty box of faults to come. */
export function createFaultBox(): FaultBox {
  let rules: { rule: FaultRule; left: number; skip: number }[] = [];
  return {
    add(rule) {
      if (rule.match.path !== undefined) new RegExp(rule.match.path);
      rules.push({ rule, left: rule.match.times ?? Infinity, skip: rule.skip ?? 0 });
    },
    clear() {
      rules = [];
    },
    list: () => rules.map(({ rule }) => rule),
    strike({ method, path, user }) {
      for (const entry of rules) {
        const { match, fault } = entry.rule;
        if (match.method !== undefined && match.method.toUpperCase() !== method) continue;
        if (match.path !== undefined && !new RegExp(match.path).test(path)) continue;
        if (match.user !== undefined && match.user !== user) continue;
        if (entry.skip > 0) {
          entry.skip -= 1;
          continue;
        }
        entry.left -= 1;
        if (entry.left <= 0) rules = rules.filter((other) => other !== entry);
        return fault;
      }
      return undefined;
    },
  };
}
