import { describe, expect, it } from 'vitest';
import { statusOf } from '#domain/credit.ts';
import { commentOnWeb, replyByMail, replyByMobile } from '#simulator/reply-actions.ts';
import type { StaffKey } from '#simulator/scenarios/staff.ts';
import { citeReplies } from '#use-cases/cite-replies.ts';
import { readTermsHistory } from '#use-cases/terms-history.ts';
import { creditOf, DAY, HOUR, MINUTE, openStory, writesOf } from '#tests/support/story-shop.ts';

/** Ana has asked Ben; somebody answers on the ticket; then somebody opens it. */
async function askedStory(cents = 2500) {
  const story = await openStory();
  const credit = creditOf(await story.ask(story.session('ana'), { cents }));
  await story.clock.advance(MINUTE);
  const onPhone = (who: StaffKey, text: string, isPublic = false) =>
    replyByMobile(story.zendesk.world, {
      ticket_id: 1087,
      user_id: Number(story.idOf(who)),
      text,
      public: isPublic,
    });
  const open = async (who: StaffKey) => {
    const context = story.session(who);
    const ticket = story.ticketOf(1087);
    const audits = await context.helpdesk.readAudits(ticket);
    return citeReplies(context, ticket, audits, await readTermsHistory(context));
  };
  return { ...story, credit, onPhone, open };
}

describe('a private reply', () => {
  it('posts the credit when the next client opens the ticket, in the reply author’s name', async () => {
    const { zendesk, credit, onPhone, open, idOf } = await askedStory();
    onPhone('ben', `approve ${credit.code} 25.00`);
    const before = zendesk.log.length;
    const { ledger, refused, nearMisses } = await open('tomas');
    expect(ledger.credits.map(statusOf)).toEqual(['posted']);
    expect(ledger.credits[0]?.signatures[0]?.by).toBe(idOf('ben'));
    expect([refused, nearMisses]).toEqual([[], []]);
    expect(writesOf(zendesk, before)).toEqual(['PUT /api/v2/tickets/1087']);
    // Opened again, there is nothing left to write.
    const after = zendesk.log.length;
    await open('ana');
    expect(writesOf(zendesk, after)).toEqual([]);
  });

  it('counts in any case and any usual amount, whatever stands below', async () => {
    for (const text of ['APPROVE {} $25', 'Approve {} 25,00\n\nThanks, Ben\n> decline LW-222222']) {
      const { credit, onPhone, open } = await askedStory();
      onPhone('ben', text.replace('{}', credit.code.toLowerCase()));
      expect((await open('ana')).ledger.credits.map(statusOf)).toEqual(['posted']);
    }
  });

  it('declines with its reason', async () => {
    const { credit, onPhone, open } = await askedStory();
    onPhone('ben', `decline ${credit.code} she has a new one already`);
    const [declined] = (await open('ana')).ledger.credits;
    expect(declined?.declined?.reason).toBe('she has a new one already');
  });

  it('declines also where its author has co-signed for the maker as often as the limits allow', async () => {
    const story = await openStory();
    const credit = creditOf(await story.ask(story.session('ana')));
    await story.clock.advance(MINUTE);
    // Ben has co-signed twice for Ana in this month's past.
    await story.publish({ pair_limit: 1 });
    await story.clock.advance(MINUTE);
    replyByMobile(story.zendesk.world, {
      ticket_id: 1087,
      user_id: Number(story.idOf('ben')),
      text: `decline ${credit.code} too much`,
      public: false,
    });
    await story.clock.advance(MINUTE);
    expect(await story.step(story.session('tomas'), credit, { type: 'approve' })).toMatchObject({
      kind: 'refused',
      why: 'needs-lead',
    });
  });

  it('counts when given in time, though cited after the expiry', async () => {
    const { clock, credit, onPhone, open } = await askedStory();
    onPhone('ben', `approve ${credit.code} 25`);
    await clock.advance(DAY + HOUR);
    expect((await open('ana')).ledger.credits.map(statusOf)).toEqual(['posted']);
  });

  it('is read before a colleague’s own step, so that the first decision holds', async () => {
    const { credit, onPhone, session, step } = await askedStory();
    onPhone('ben', `approve ${credit.code} 25`);
    expect(await step(session('ana'), credit, { type: 'withdraw' })).toMatchObject({
      kind: 'refused',
      why: 'not-waiting',
    });
  });
});

describe('an answer that does not count', () => {
  it('is explained: public, quoted, later, wrong code, wrong amount, the maker’s own', async () => {
    const { credit, onPhone, open, zendesk, clock } = await askedStory();
    const { code } = credit;
    const answers = [
      ['ben', `approve ${code} 25`, true, 'public'],
      ['ben', `Fine by me.\napprove ${code} 25`, false, 'not-first-line'],
      ['ben', 'approve LW-222222 25', false, 'unknown-code'],
      ['ben', `approve ${code} 250`, false, 'wrong-amount'],
      ['ana', `approve ${code} 25`, false, 'by-maker'],
    ] as const;
    for (const [who, text, isPublic] of answers) {
      onPhone(who, text, isPublic);
      await clock.advance(MINUTE);
    }
    const before = zendesk.log.length;
    const { nearMisses, ledger } = await open('ana');
    expect(nearMisses.map((miss) => miss.code)).toEqual(answers.map(([, , , why]) => why));
    expect(ledger.credits.map(statusOf)).toEqual(['waiting-cosign']);
    expect(writesOf(zendesk, before)).toEqual([]);
  });

  it('never counts by e-mail, spoofed or not, nor with a borrowed author', async () => {
    const { zendesk, credit, open, idOf, clock } = await askedStory();
    const text = `approve ${credit.code} 25`;
    replyByMail(zendesk.world, {
      ticket_id: 1087,
      user_id: Number(idOf('ben')),
      text,
      public: false,
    });
    await clock.advance(MINUTE);
    commentOnWeb(zendesk.world, {
      ticket_id: 1087,
      user_id: Number(idOf('ana')),
      author_id: Number(idOf('ben')),
      text,
      public: false,
    });
    const { nearMisses, ledger } = await open('priya');
    expect(nearMisses.map(({ code }) => code)).toEqual(['by-mail', 'spoofed']);
    expect(ledger.credits.map(statusOf)).toEqual(['waiting-cosign']);
  });

  it('is refused by name when its author may not check', async () => {
    const { zendesk, credit, onPhone, open } = await askedStory();
    onPhone('liv', `approve ${credit.code} 25`);
    const before = zendesk.log.length;
    const { refused } = await open('ana');
    expect(refused.map(({ why }) => why)).toEqual(['light-agent']);
    expect(writesOf(zendesk, before)).toEqual([]);
  });

  it('says nothing of an ordinary note, or of a quoted decision', async () => {
    const { credit, onPhone, open } = await askedStory();
    onPhone('ben', 'I would approve this, but let me look first.');
    onPhone('ben', `See below.\n> approve ${credit.code} 25`);
    expect((await open('ana')).nearMisses).toEqual([]);
  });
});

describe('three clients that cite one reply', () => {
  it('make one approval of it', async () => {
    const { credit, onPhone, open } = await askedStory();
    onPhone('ben', `approve ${credit.code} 25`);
    await Promise.all([open('ana'), open('lea'), open('tomas')]);
    const [posted] = (await open('priya')).ledger.credits;
    expect(posted?.signatures).toHaveLength(1);
    expect(posted && statusOf(posted)).toBe('posted');
  });
});
