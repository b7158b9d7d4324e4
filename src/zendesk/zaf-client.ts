import { TimeLimitError, withTimeLimit } from './time-limit.ts';
import type { SdkClient, SdkRequest, WindowWithSdk } from './zaf-sdk.ts';

/** Why the app cannot talk to Zendesk's page. One translation each. */
export type ZafErrorCode =
  /** The SDK's script was not loaded: blocked, or no network. */
  | 'sdk-missing'
  /** The page was opened by itself. */
  | 'not-in-zendesk'
  /** Zendesk's page does not answer. */
  | 'host-silent'
  /** Zendesk's page refused, or answered what cannot be read. */
  | 'host-refused';

/** A failure between the app and Zendesk's page, not of a REST request. */
export class ZafError extends Error {
  override readonly name = 'ZafError';
  readonly code: ZafErrorCode;
  constructor(code: ZafErrorCode, message: string, cause?: unknown) {
    super(`${code}: ${message}`, cause === undefined ? {} : { cause });
    this.code = code;
  }
}

export type RawSettings = Readonly<Record<string, unknown>>;

/** Zendesk's page, seen from the app: both SDKs behave alike here. */
export interface Zaf {
  /** As the admin typed them, values of any type; parse defensively. */
  readonly settings: RawSettings;
  /** Of the app's installation, such as `location`; not kept up to date. */
  readonly context: Readonly<Record<string, unknown>>;
  /**
   * Values in the order of the paths, in one message.
   * @throws ZafError when any path fails: an error left beside the values is easily not looked at
   */
  get(...paths: readonly string[]): Promise<readonly unknown[]>;
  /** @throws ZafError */
  set(path: string, value: unknown): Promise<void>;
  /** @throws ZafError */
  invoke(name: string, ...args: readonly unknown[]): Promise<void>;
  /** @returns what ends the subscription */
  on(event: string, handler: (data: unknown) => void): () => void;
  /** As the SDK has it, rejections included: createZafTransport reads both. */
  request(options: SdkRequest): Promise<unknown>;
}

/** Longer than the npm package's own 5 s, far shorter than the 5 minutes of Zendesk's. */
const HOST_TIMEOUT_MS = 10_000;

/**
 * Connects to Zendesk's page.
 * @throws ZafError `sdk-missing`, `not-in-zendesk`, or `host-silent` when the page has not
 *   registered the app within `timeoutMs`
 */
export async function connectZaf(
  window: WindowWithSdk,
  { timeoutMs = HOST_TIMEOUT_MS }: { readonly timeoutMs?: number } = {},
): Promise<Zaf> {
  if (!window.ZAFClient) throw new ZafError('sdk-missing', 'window.ZAFClient is not there');
  const client = window.ZAFClient.init();
  if (client === false) {
    throw new ZafError('not-in-zendesk', 'the address names no origin and app_guid');
  }
  const [metadata, context] = await limited(
    Promise.all([client.metadata(), client.context()]),
    timeoutMs,
    'registration',
  );
  if (!isShape(metadata) || !isShape(context)) {
    throw new ZafError('host-refused', 'the registration cannot be read');
  }
  const settings = metadata['settings'];
  return zafOf(client, isShape(settings) ? settings : {}, context, timeoutMs);
}

function zafOf(
  client: SdkClient,
  settings: RawSettings,
  context: Readonly<Record<string, unknown>>,
  timeoutMs: number,
): Zaf {
  return {
    settings,
    context,
    async get(...paths) {
      const answer = await limited(client.get(paths), timeoutMs, `get ${paths.join(', ')}`);
      const result = withoutErrors(answer, paths);
      return paths.map((path) => {
        if (!(path in result)) throw new ZafError('host-refused', `no answer for ${path}`);
        return result[path];
      });
    },
    async set(path, value) {
      withoutErrors(await limited(client.set(path, value), timeoutMs, `set ${path}`), [path]);
    },
    async invoke(name, ...args) {
      withoutErrors(await limited(client.invoke(name, ...args), timeoutMs, name), [name]);
    },
    on(event, handler) {
      client.on(event, handler);
      return () => {
        client.off(event, handler);
      };
    },
    request: (options) => client.request(options),
  };
}

async function limited<T>(promise: Promise<T>, ms: number, what: string): Promise<T> {
  try {
    return await withTimeLimit(promise, ms, what);
  } catch (cause) {
    if (cause instanceof TimeLimitError || isSdkTimeout(cause)) {
      throw new ZafError('host-silent', what, cause);
    }
    throw new ZafError('host-refused', what, cause);
  }
}

/** The npm package's time-out is an object of this name; Zendesk's is an Error of this text. */
const isSdkTimeout = (value: unknown): boolean =>
  isShape(value) &&
  (value['name'] === 'TimeoutError' || value['message'] === 'Invocation request timeout');

function withoutErrors(
  answer: unknown,
  paths: readonly string[],
): Readonly<Record<string, unknown>> {
  const what = paths.join(', ');
  if (isSdkTimeout(answer)) throw new ZafError('host-silent', what, answer);
  if (!isShape(answer)) throw new ZafError('host-refused', `${what} was not answered`, answer);
  const errors = isShape(answer['errors']) ? answer['errors'] : {};
  const failed = paths.find((path) => path in errors);
  if (failed !== undefined) throw new ZafError('host-refused', failed, errors[failed]);
  return answer;
}

const isShape = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
