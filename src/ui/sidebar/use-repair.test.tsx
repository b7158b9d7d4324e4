import { screen, waitFor } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { suspendUser } from '#simulator/people-actions.ts';
import { replyByMobile } from '#simulator/reply-actions.ts';
import { openSidebar, untilRead } from '#tests/support/render-sidebar.tsx';
import { creditOf, DAY, HOUR, MINUTE, openStory } from '#tests/support/story-shop.ts';

type Story = Awaited<ReturnType<typeof openStory>>;

const slotStatus = ({ zendesk }: Story) =>
  Object.values(zendesk.state.records['leeway_credit'] ?? {}).find(
    ({ custom_object_fields: fields }) => fields['ticket'] === '1087',
  )?.custom_object_fields['status'];

/** Ana asked; two days pass. */
async function expiredStory(answer: (story: Story, code: string) => void) {
  const story = await openStory();
  const credit = creditOf(await story.ask(story.session('ana')));
  await story.clock.advance(MINUTE);
  answer(story, credit.code);
  await story.clock.advance(DAY + HOUR);
  return story;
}

describe('repair at an opening', () => {
  it('frees the slot of an expired credit', async () => {
    const story = await expiredStory(() => undefined);
    openSidebar(story, 'lea', 1087);
    await waitFor(() => {
      expect(slotStatus(story)).toBe('leeway_void');
    });
  });

  it('keeps the slot of one that was approved in time by a reply nobody could write down yet', async () => {
    const story = await expiredStory(({ zendesk, idOf }, code) => {
      replyByMobile(zendesk.world, {
        ticket_id: 1087,
        user_id: Number(idOf('ben')),
        text: `approve ${code} 25`,
        public: false,
      });
    });
    story.zendesk.faults.add({
      match: { method: 'PUT', path: '/tickets/' },
      fault: { kind: 'status', status: 503 },
    });
    const before = story.zendesk.log.length;
    openSidebar(story, 'lea', 1087);
    await untilRead();
    await waitFor(() => {
      const tried = story.zendesk.log.slice(before).filter(({ method }) => method === 'PUT');
      expect(tried.length).toBeGreaterThanOrEqual(3);
    });
    await new Promise((resolve) => {
      setTimeout(resolve, 500);
    });
    expect(slotStatus(story)).toBe('leeway_reserved');
  });

  it('ends what a reply could decide: whose author may sign again later posts nothing', async () => {
    const story = await expiredStory(({ zendesk, idOf }, code) => {
      const ben = Number(idOf('ben'));
      const text = `approve ${code} 25`;
      replyByMobile(zendesk.world, { ticket_id: 1087, user_id: ben, text, public: false });
      suspendUser(zendesk.world, ben);
    });
    const { zendesk, idOf } = story;
    const first = openSidebar(story, 'lea', 1087);
    await waitFor(() => {
      expect(slotStatus(story)).toBe('leeway_void');
    });
    first.unmount();
    suspendUser(zendesk.world, Number(idOf('ben')), false);
    await story.clock.advance(HOUR);
    openSidebar(story, 'lea', 1087);
    await untilRead();
    await screen.findByText(/^Ben Okafor answered/);
    expect(JSON.stringify(zendesk.state.audits['1087'])).not.toContain('\\"approve\\"');
    expect(slotStatus(story)).toBe('leeway_void');
  });
});
