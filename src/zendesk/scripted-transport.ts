import { HelpdeskError } from './errors.ts';
import type { ApiRequest, Transport } from './transport.ts';

/** What a test lets Zendesk answer: a body, an error to throw, or what is worked out from the request. */
export type ScriptedAnswer =
  HelpdeskError | ((request: ApiRequest) => unknown) | object | string | null | undefined;

/** For tests: answers in the order of the script, and keeps what was asked. */
export function scriptedTransport(
  ...script: readonly ScriptedAnswer[]
): Transport & { readonly requests: readonly ApiRequest[] } {
  const requests: ApiRequest[] = [];
  return {
    requests,
    send(request) {
      const answer = script[requests.length];
      requests.push(request);
      if (requests.length > script.length) {
        throw new RangeError(`not in the script: ${request.method} ${request.path}`);
      }
      if (answer instanceof HelpdeskError) return Promise.reject(answer);
      return Promise.resolve(typeof answer === 'function' ? answer(request) : answer);
    },
  };
}
