/**
 * What Leeway uses of the client that `ZAFClient.init()` gives. Zendesk's own script and the npm
 * package (an unofficial copy of 2017) both have it; where they differ it says so.
 */
export interface SdkClient {
  /** Resolves when the host has registered the app, which may be never. */
  metadata(): Promise<unknown>;
  context(): Promise<unknown>;
  /**
   * Resolves with the values by path and `errors` by path. The npm package resolves with its own
   * time-out error after 5 s (it rejects only with what is an `Error`, and that one is not);
   * Zendesk's rejects after 5 minutes.
   */
  get(paths: readonly string[]): Promise<unknown>;
  set(path: string, value: unknown): Promise<unknown>;
  invoke(name: string, ...args: readonly unknown[]): Promise<unknown>;
  on(event: string, handler: (data: unknown) => void): void;
  off(event: string, handler: (data: unknown) => void): void;
  /** Neither of the two has a time-out here. Rejects with something like a jqXHR. */
  request(options: SdkRequest): Promise<unknown>;
}

/** Options of `client.request`, which are jQuery's and some of Zendesk's. */
export interface SdkRequest {
  readonly url: string;
  readonly type: string;
  readonly dataType: 'json';
  readonly contentType?: 'application/json';
  readonly data?: string;
  /** ms; the host gives up then, and answers with status 0. */
  readonly timeout: number;
  /** Left out, the host repeats what met a 429, writes too. */
  readonly autoRetry: false;
}

/** `window` as the SDK leaves it. */
export interface WindowWithSdk {
  readonly ZAFClient?: {
    /** false when the page's address lacks the host's origin or the app's guid: not inside Zendesk. */
    init(): SdkClient | false;
  };
}
