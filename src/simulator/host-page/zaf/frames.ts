/**
 * The frames that an app and its host page exchange by `postMessage`. The app sends JSON strings,
 * except the answer to a save hook, which Zendesk's SDK sends as an object.
 */

export type JsonObject = { [key: string]: unknown };

export type AppFrame =
  | { kind: 'handshake'; version: string }
  | { kind: 'subscribers'; event: string; count: number; instanceGuid: string | null }
  | { kind: 'trigger'; event: string; data: unknown; instanceGuid: string | null }
  | {
      kind: 'call';
      id: number;
      request: 'get' | 'set' | 'invoke';
      params: unknown;
      instanceGuid: string | null;
    }
  | { kind: 'request'; key: string; options: JsonObject }
  | { kind: 'hook-reply'; hook: string; refusal: string | null }
  | { kind: 'other'; key: string };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Reads what an app posted. `null` for anything that is not a frame of the protocol. */
export function parseAppFrame(data: unknown): AppFrame | null {
  const frame = typeof data === 'string' ? parseJson(data) : data;
  if (!isJsonObject(frame)) return null;
  const instanceGuid = typeof frame['instanceGuid'] === 'string' ? frame['instanceGuid'] : null;
  const { id, request, key, message } = frame;

  if (typeof id === 'number' && (request === 'get' || request === 'set' || request === 'invoke')) {
    return { kind: 'call', id, request, params: frame['params'], instanceGuid };
  }
  if (typeof key !== 'string') return null;
  if (key === 'iframe.handshake') {
    const version = isJsonObject(message) ? message['version'] : undefined;
    return { kind: 'handshake', version: typeof version === 'string' ? version : 'unknown' };
  }
  if (key.startsWith('iframe.reply:')) return hookReply(key, frame['error']);
  if (/^request:\d+$/.test(key)) {
    const options = isJsonObject(message) ? message : { url: message };
    return { kind: 'request', key, options };
  }
  const named = /^iframe\.(on|off|trigger):(.+)$/.exec(key);
  const event = named?.[2];
  if (event === undefined) return { kind: 'other', key };
  if (named?.[1] === 'trigger') return { kind: 'trigger', event, data: message, instanceGuid };
  const count = isJsonObject(message) ? Number(message['subscriberCount']) : NaN;
  return {
    kind: 'subscribers',
    event,
    count: Number.isFinite(count) ? count : named?.[1] === 'on' ? 1 : 0,
    instanceGuid,
  };
}

function hookReply(key: string, error: unknown): AppFrame {
  const hook = key.slice('iframe.reply:'.length);
  if (error === undefined || error === null) return { kind: 'hook-reply', hook, refusal: null };
  const text = isJsonObject(error) ? error['msg'] : error;
  // A handler may refuse with a bare `false`; Zendesk then names no reason.
  const refusal = typeof text === 'string' && text !== '' ? text : 'The app stopped this update.';
  return { kind: 'hook-reply', hook, refusal };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** `errors` of an answer: what the SDK turns into a rejection for a single path. */
export interface PathError {
  name: string;
  message: string;
  path: string;
}

export function apiUnavailable(path: string): PathError {
  return { name: 'APIUnavailableError', message: 'No such Api', path };
}
