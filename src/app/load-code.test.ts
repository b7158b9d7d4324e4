import { describe, expect, it } from 'vitest';
import { loadCode } from './load-code.ts';

describe('a part of the app that is loaded when it is needed', () => {
  it('is there when it loads', async () => {
    await expect(loadCode(() => Promise.resolve(7))).resolves.toBe(7);
  });

  it('is a failure that one can be told of, and try again after, when it does not load', async () => {
    const missing = new TypeError('Failed to fetch dynamically imported module');
    await expect(loadCode(() => Promise.reject(missing))).rejects.toMatchObject({
      name: 'HelpdeskError',
      code: 'app-not-loaded',
      cause: missing,
    });
  });
});
