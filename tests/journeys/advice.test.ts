import { describe, expect, it } from 'vitest';
import type { Currency } from '#domain/currencies.ts';
import { creditOf, openStory } from '#tests/support/story-shop.ts';

const creditCurrency = 'USD' as Currency;

describe('a guideline that asks a lead', () => {
  it('makes a small credit wait for a lead, and a colleague’s approval is not enough', async () => {
    const { session, ask, step, idOf } = await openStory();
    const outcome = await ask(session('ana'), {
      cents: 2000,
      exception: 'A race was missed.',
      leadAdvised: true,
      asked: [idOf('lea')],
      seenBand: 'lead',
    });
    const credit = creditOf(outcome);
    expect(credit).toMatchObject({ band: 'lead', stricterThanClaimed: false, leadAsked: true });
    const refused = await step(session('ben'), credit, { type: 'approve' });
    expect(refused.kind).toBe('refused');
    const posted = creditOf(await step(session('lea'), credit, { type: 'approve' }));
    expect(posted.state.kind).toBe('posted');
  });

  it('is told again when the button spoke of less', async () => {
    const { session, ask } = await openStory();
    const outcome = await ask(session('ana'), {
      cents: 2000,
      exception: 'A race was missed.',
      leadAdvised: true,
    });
    expect(outcome).toMatchObject({ kind: 'changed', decision: { band: 'lead' } });
  });
});

describe('an amount that is not usual', () => {
  it('has its sentence in the note, and neither band nor exception change', async () => {
    const { session, ask, zendesk } = await openStory();
    const credit = creditOf(
      await ask(session('ana'), { cents: 6000, unusual: ' A flight was missed. ' }),
    );
    expect(credit).toMatchObject({ band: 'peer', needed: 1 });
    expect(credit.offer).toMatchObject({
      note: 'Nine days late.\nWhy so much, or so little: A flight was missed.',
      exception: '',
    });
    const [slot] = Object.values(zendesk.state.records['leeway_credit'] ?? {}).filter(
      ({ custom_object_fields: fields }) => fields['credit_id'] === credit.id,
    );
    expect(slot?.custom_object_fields['exception']).toBe('no');
  });

  it('needs no other note', async () => {
    const { session, ask } = await openStory();
    const credit = creditOf(
      await ask(session('ana'), { note: '', unusual: 'A flight was missed.' }),
    );
    expect(credit.offer.note).toBe('Why so much, or so little: A flight was missed.');
  });
});

describe('what was given before', () => {
  it('tells what is usual for one of the shop’s reasons, and that others have too few', async () => {
    const { session } = await openStory();
    const { helpdesk } = session('ana');
    const [mistakes, goodwill] = await Promise.all(
      ['our_mistake', 'goodwill'].map((reason) =>
        helpdesk.readPastCredits({ reason, currency: creditCurrency }),
      ),
    );
    expect(mistakes?.credits.map(({ amount }) => amount).sort((a, b) => a - b)).toEqual([
      1000, 1500, 2000, 2500, 2500, 4500,
    ]);
    expect(goodwill?.credits).toHaveLength(3);
  });
});
