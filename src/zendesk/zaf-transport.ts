import * as v from 'valibot';
import { refused, unanswered, unreadable } from './answer.ts';
import { TimeLimitError, withTimeLimit } from './time-limit.ts';
import { type ApiRequest, timeoutOf, type Transport } from './transport.ts';
import type { Zaf } from './zaf-client.ts';
import type { SdkRequest } from './zaf-sdk.ts';

/** What `client.request` rejects with. Headers, `Retry-After` among them, do not cross the frame. */
const failure = v.object({
  status: v.number(),
  statusText: v.optional(v.string()),
  responseText: v.optional(v.string()),
  responseJSON: v.optional(v.unknown()),
});

/** The host is given this much more than it was told, so that its own answer comes first. */
const GRACE_MS = 500;

/** Requests through Zendesk's page, with the session of the agent who looks at it. */
export function createZafTransport(zaf: Pick<Zaf, 'request'>): Transport {
  return {
    async send(request) {
      const limit = timeoutOf(request) + GRACE_MS;
      let answer: unknown;
      try {
        answer = await withTimeLimit(zaf.request(sdkRequest(request)), limit, request.path);
      } catch (reason) {
        throw failureOf(request, reason);
      }
      // An answer without a body is nothing to jQuery, and nothing crosses the frame as null.
      if (answer === null) return undefined;
      if (typeof answer !== 'string') return answer;
      // Real Zendesk parses JSON by the answer's content type; a body that it left as text is none.
      if (answer === '') return undefined;
      throw unreadable(request, 200, answer);
    },
  };
}

const sdkRequest = (request: ApiRequest): SdkRequest => ({
  url: request.path,
  type: request.method,
  dataType: 'json',
  ...(request.body === undefined
    ? {}
    : { contentType: 'application/json', data: JSON.stringify(request.body) }),
  timeout: timeoutOf(request),
  autoRetry: false,
});

function failureOf(request: ApiRequest, reason: unknown) {
  if (reason instanceof TimeLimitError) return unanswered(request, 'timed-out', reason);
  const { success, output } = v.safeParse(failure, reason);
  // Something else than an answer: the frame is gone, or the host broke down.
  if (!success) return unanswered(request, 'offline', reason);
  const { status, statusText, responseText, responseJSON } = output;
  if (status === 0) {
    return unanswered(request, statusText === 'timeout' ? 'timed-out' : 'offline', reason);
  }
  // jQuery fails on 2xx when the body is no JSON, an empty one included where it asked for JSON.
  if (status >= 200 && status < 300) return unreadable(request, status, responseText);
  return refused(request, { status, body: responseJSON ?? responseText, retryAfter: null });
}
