import { HelpdeskError } from '#zendesk/errors.ts';

/**
 * Loads a part of the app's code. One that does not come is no fault of ours: the connection broke, or
 * the app was updated while this page was open. Nothing was done, and it can be tried again.
 * @throws HelpdeskError `app-not-loaded`
 */
export async function loadCode<Code>(load: () => Promise<Code>): Promise<Code> {
  try {
    return await load();
  } catch (cause) {
    throw new HelpdeskError('app-not-loaded', 'a part of the app did not load', { cause });
  }
}
