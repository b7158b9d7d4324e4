import { cleanup, screen, within } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { type RunningServer, startServer } from '#simulator/server.ts';
import { fillForm, openSidebar } from '#tests/support/render-sidebar.tsx';
import { MINUTE, openStory, writesOf } from '#tests/support/story-shop.ts';

let server: RunningServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

const noFiles = () => Promise.resolve(undefined);

/** Carries a request over the wire, as the host page would. */
async function overHttp(to: RunningServer, request: Request): Promise<Response> {
  const { pathname, search } = new URL(request.url);
  const body = await request.text();
  return fetch(`${to.hostUrl}${pathname}${search}`, {
    method: request.method,
    headers: [...request.headers],
    ...(body === '' ? {} : { body }),
  });
}

describe('the story over real HTTP', () => {
  it('Ana asks, Ben approves, Ana sees it posted', async () => {
    const story = await openStory();
    server = await startServer({
      zendesk: story.zendesk,
      clock: story.clock,
      hostFiles: noFiles,
      appFiles: noFiles,
    });
    const running = server;
    const send = (request: Request) => overHttp(running, request);

    const ana = openSidebar(story, 'ana', 1087, { send });
    const form = await fillForm(ana, { note: 'Nine days late.' });
    await ana.user.click(form.getByRole('button', { name: 'Ask for co-sign' }));
    const credits = () => within(screen.getByRole('region', { name: 'Credits' }));
    expect(await credits().findByRole('listitem')).toHaveTextContent('Waiting for co-sign');
    cleanup();

    await story.clock.advance(MINUTE);
    const ben = openSidebar(story, 'ben', 1087, { send });
    await ben.user.click(await screen.findByRole('button', { name: 'Approve' }));
    await credits().findByText('Posted');
    cleanup();

    openSidebar(story, 'ana', 1087, { send });
    await screen.findByText('Posted');
    await screen.findByText('$125.00 left of $200.00');
    expect(writesOf(story.zendesk).filter((write) => write.startsWith('PUT'))).toHaveLength(2);
  });
});
