import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { SimulatorState } from './state.ts';
import type { Zendesk } from './zendesk.ts';

const QUIET_MS = 200;

/** The state of an earlier run; undefined when there is none or it is of another shape. */
export function loadState(file: string, shape: SimulatorState): SimulatorState | undefined {
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
  if (read === null || typeof read !== 'object') return undefined;
  const missing = Object.keys(shape).some((key) => !(key in read));
  return missing ? undefined : (read as SimulatorState);
}

/** Written beside and renamed, so that a crash leaves the old state or the new one, never half. */
function save(file: string, state: SimulatorState): void {
  mkdirSync(path.dirname(file), { recursive: true });
  const beside = `${file}.${String(process.pid)}.tmp`;
  writeFileSync(beside, JSON.stringify(state));
  renameSync(beside, file);
}

/** Keeps the state in this file, a moment after each change. Returns what stops and saves once more. */
export function keepState(zendesk: Zendesk, file: string): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const stopListening = zendesk.subscribe(() => {
    timer ??= setTimeout(() => {
      timer = undefined;
      save(file, zendesk.state);
    }, QUIET_MS);
  });
  return () => {
    stopListening();
    clearTimeout(timer);
    save(file, zendesk.state);
  };
}
