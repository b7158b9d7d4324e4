import { act, screen } from '@testing-library/react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { askedOf, openSidebar, untilRead } from '#tests/support/render-sidebar.tsx';
import { openStory } from '#tests/support/story-shop.ts';

/** The timers that are set and neither over nor cleared, by what set them. */
function watchTimers() {
  const waiting = new Map<unknown, string>();
  const { setTimeout: later, clearTimeout, setInterval: again, clearInterval } = globalThis;
  const where = (): string => new Error('set here').stack ?? '';
  const forget =
    <Id,>(clear: (id: Id) => void) =>
    (id: Id): void => {
      waiting.delete(id);
      clear(id);
    };
  vi.stubGlobal('setTimeout', (act: () => void, ms?: number) => {
    const id = later(() => {
      waiting.delete(id);
      act();
    }, ms);
    waiting.set(id, where());
    return id;
  });
  vi.stubGlobal('setInterval', (act: () => void, ms?: number) => {
    const id = again(act, ms);
    waiting.set(id, where());
    return id;
  });
  vi.stubGlobal('clearTimeout', forget(clearTimeout));
  vi.stubGlobal('clearInterval', forget(clearInterval));
  return waiting;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('an open ticket tab', () => {
  it('sets no timer while it is hidden, and one again when the agent comes back', async () => {
    const waiting = watchTimers();
    const story = await openStory();
    const { tell } = openSidebar(story, 'ana', 1087);
    await untilRead();
    await screen.findByRole('button', { name: 'Limits' });
    act(() => {
      tell('hidden');
    });
    await vi.waitFor(() => {
      // What waits for this very expectation is the test's own.
      const ours = [...waiting.values()].filter((stack) => !stack.includes('waitFor'));
      expect(ours).toEqual([]);
    });
    act(() => {
      tell('updated');
    });
    expect([...waiting.values()].filter((stack) => stack.includes('/src/'))).toEqual([]);
    act(() => {
      tell('activated');
    });
    expect([...waiting.values()].filter((stack) => stack.includes('/src/'))).not.toEqual([]);
  });

  it('reads a ticket of 1,000 audits page by page, and nothing more than any other', async () => {
    const story = await openStory();
    const audits = story.zendesk.state.audits['1087'];
    const [first] = audits ?? [];
    if (!audits || !first) throw new Error('ticket 1087 has no audits');
    const newest = Math.max(
      ...Object.values(story.zendesk.state.audits)
        .flat()
        .map(({ id }) => id),
    );
    for (let more = 1; audits.length < 1000; more += 1) {
      audits.push({ ...structuredClone(audits.at(-1) ?? first), id: newest + more });
    }
    openSidebar(story, 'ana', 1087);
    await untilRead();
    await screen.findByRole('button', { name: 'New credit' });
    await screen.findByRole('button', { name: 'Limits' });
    const asked = askedOf(story);
    const pages: readonly string[] = asked.filter(
      (path) => path === 'GET /api/v2/tickets/1087/audits',
    );
    expect(pages).toHaveLength(10);
    expect(
      asked.filter((path) => !pages.includes(path) && !path.includes('help_center')),
    ).toHaveLength(5);
  });
});
