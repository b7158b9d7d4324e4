/** The parts of the npm copy of Zendesk's SDK that the protocol's tests use; the copy has no types. */
declare module 'zendesk_app_framework_sdk/lib/client.js' {
  export default class Client {
    constructor(options: { origin: string; appGuid: string; source: unknown });
    on(name: string, handler: (data: unknown) => unknown): void;
    off(name: string, handler: (data: unknown) => unknown): void;
    trigger(name: string, data?: unknown): void;
    postMessage(name: string, data?: unknown): void;
    request(options: string | Record<string, unknown>): Promise<unknown>;
    instance(guid: string): Client;
    metadata(): Promise<unknown>;
    context(): Promise<unknown>;
    get(path: string | string[]): Promise<Record<string, unknown>>;
    set(path: string, value: unknown): Promise<Record<string, unknown>>;
    invoke(action: string, ...args: unknown[]): Promise<Record<string, unknown>>;
  }
}
