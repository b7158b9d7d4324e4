import { HelpdeskError, type HelpdeskErrorCode } from '#zendesk/errors.ts';

const FAILURES: Readonly<Record<HelpdeskErrorCode, string>> = {
  forbidden: 'Zendesk does not let this token read that: it has to be an admin’s, of scope read',
  'signed-out': 'Zendesk does not know the token in LEEWAY_ZENDESK_TOKEN',
  'not-found': 'Zendesk does not have what was asked for: is Leeway installed there?',
  conflict: 'Zendesk refused because something changed meanwhile',
  closed: 'Zendesk refused because a ticket is closed',
  invalid: 'Zendesk refused the request',
  'rate-limited': 'Zendesk allows no more requests, also after waiting',
  unavailable: 'Zendesk did not answer, also after several tries',
  offline: 'Zendesk cannot be reached',
  'timed-out': 'Zendesk did not answer in time, also after several tries',
  'outcome-unknown': 'Zendesk’s answer was lost',
  'malformed-response': 'Zendesk’s answer cannot be read',
  'app-not-loaded': 'Part of Leeway could not be loaded',
};

/** What stopped the command, for whoever started it. Errors of the helpdesk carry the request and what is wrong with it, never the token. */
export function failureSentence(cause: unknown): string {
  if (cause instanceof HelpdeskError) return `${FAILURES[cause.code]} (${cause.message}).`;
  return cause instanceof Error ? `${cause.message}.` : String(cause);
}
