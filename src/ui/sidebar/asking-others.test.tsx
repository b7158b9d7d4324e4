import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { restrictAgent } from '#simulator/people-actions.ts';
import { HelpdeskError } from '#zendesk/errors.ts';
import {
  askedOf,
  chooseCosigner,
  cosignerBox,
  fillForm,
  openSidebar,
} from '#tests/support/render-sidebar.tsx';
import { creditOf, openStory, writesOf } from '#tests/support/story-shop.ts';

const itemWith = (code: string): HTMLElement => {
  const item = screen.getAllByRole('listitem').find((each) => each.textContent.includes(code));
  if (!item) throw new Error(`no credit ${code}`);
  return item;
};

describe('handing an ask on', () => {
  it('offers those asked to be removed, wants somebody new, and tells who follows no longer', async () => {
    const story = await openStory();
    const asked = await story.ask(story.session('ana'));
    if (asked.kind !== 'done') throw new Error('not asked');
    await story.clock.advance(1000);
    const page = openSidebar(story, 'ana', 1087);
    await page.user.click(await screen.findByRole('button', { name: 'Ask someone else' }));
    const item = within(itemWith(asked.credit.code));
    const confirm = { name: `Ask about ${asked.credit.code}` };
    await page.user.click(await item.findByRole('button', confirm));
    item.getByText('Choose somebody who is not asked yet.');
    await page.user.click(item.getByRole('button', { name: 'Remove Ben Okafor' }));
    item.getByText('Ben Okafor will no longer be notified, and can still decide.');
    await chooseCosigner(page, item, 'Priya Raman');
    await page.user.click(item.getByRole('button', confirm));
    await screen.findByText(`Priya Raman is asked about ${asked.credit.code}.`);
    expect(item.queryByRole('combobox')).toBeNull();
    const note = JSON.stringify(story.zendesk.state.audits['1087']?.at(-1)?.events);
    expect(note).toContain('@Priya Raman, please look');
    const { follower_ids: followers } = story.zendesk.state.tickets['1087'] ?? {};
    expect(followers?.map(String)).toEqual([story.idOf('priya')]);
  });

  it('is not offered while a new credit is being written', async () => {
    const story = await openStory();
    await story.ask(story.session('ana'));
    await story.clock.advance(1000);
    const page = openSidebar(story, 'ana', 1087);
    await screen.findByRole('button', { name: 'Ask someone else' });
    await page.user.click(screen.getByRole('button', { name: 'New credit' }));
    await screen.findByRole('form', { name: 'New credit' });
    expect(screen.queryByRole('button', { name: 'Ask someone else' })).toBeNull();
  });
});

describe('the composer', () => {
  it('is given the mention of who is asked, as a note, and nothing is sent', async () => {
    const story = await openStory();
    const asked = await story.ask(story.session('ana'));
    if (asked.kind !== 'done') throw new Error('not asked');
    await story.clock.advance(1000);
    const page = openSidebar(story, 'ana', 1087);
    const button = { name: 'Put the mention into the composer' };
    const since = story.zendesk.log.length;
    await page.user.click(await screen.findByRole('button', button));
    await screen.findByText(/Send it yourself\.$/);
    expect(page.composer.written).toEqual([
      {
        kind: 'note',
        text: `Credit ${asked.credit.code}: $25.00. @Ben Okafor, please look and co-sign or decline.`,
      },
    ]);
    expect(writesOf(story.zendesk, since)).toEqual([]);

    page.composer.result = 'other-draft';
    await page.user.click(screen.getByRole('button', button));
    await screen.findByText(/^You are writing a public reply\./);
    page.composer.result = 'unreachable';
    await page.user.click(screen.getByRole('button', button));
    await screen.findByText(/could not be reached/);
  });

  it('says so when the part of the app that does it could not be loaded, and can be asked again', async () => {
    const story = await openStory();
    creditOf(await story.ask(story.session('ana')));
    const page = openSidebar(story, 'ana', 1087);
    const compose = page.host.compose;
    Object.assign(page.host, {
      compose: () => Promise.reject(new HelpdeskError('app-not-loaded', 'offline')),
    });
    const button = { name: 'Put the mention into the composer' };
    await page.user.click(await screen.findByRole('button', button));
    await screen.findByText(/^A part of Leeway could not be loaded\./);
    Object.assign(page.host, { compose });
    await page.user.click(screen.getByRole('button', button));
    await waitFor(() => {
      expect(page.composer.written).toHaveLength(1);
    });
  });

  it('is given a sentence for the customer once a credit is posted, in their language', async () => {
    const story = await openStory();
    const { requester_id: customer } = story.zendesk.state.tickets['1087'] ?? {};
    const user = story.zendesk.state.users[String(customer)];
    if (user) Object.assign(user, { locale: 'de', name: 'Jo {{ticket.id}}' });
    await story.publish({ self_limit: 30 });
    await story.clock.advance(1000);
    await story.ask(story.session('ana'), { seenBand: 'self', asked: [] });
    await story.clock.advance(1000);
    const page = openSidebar(story, 'ana', 1087);
    await page.user.click(
      await screen.findByRole('button', { name: 'Put a sentence into the reply' }),
    );
    await screen.findByText(/send it yourself\.$/);
    expect(page.composer.written).toEqual([
      {
        kind: 'reply',
        text: 'Entschuldigen Sie bitte die Umstände, Jo {{ticket.id}}. Wir haben Ihrem Konto 25,00\u00a0$ gutgeschrieben.',
      },
    ]);
  });
});

/** More than one page of the account's agents holds. */
function addColleagues({ zendesk, idOf }: Awaited<ReturnType<typeof openStory>>): void {
  const { users } = zendesk.state;
  const ben = users[String(idOf('ben'))];
  if (!ben) throw new Error('the shop changed');
  for (let index = 0; index < 120; index += 1) {
    const id = 19274500000000 + index;
    users[String(id)] = { ...ben, id, name: `Agent ${String(index)}`, email: null };
  }
}

const PRESENCE = 'GET /api/v2/agent_availabilities';

describe('who is proposed', () => {
  it('waits for an amount before anybody is asked who is at work: opening the form costs three', async () => {
    const story = await openStory();
    const page = openSidebar(story, 'ana', 1087);
    await page.user.click(await screen.findByRole('button', { name: 'New credit' }));
    const form = within(await screen.findByRole('form', { name: 'New credit' }));
    await form.findByRole('button', { name: /^Choose / });
    expect(askedOf(story)).not.toContain(PRESENCE);
    await page.user.type(form.getByRole('textbox', { name: 'Amount' }), '25');
    await waitFor(() => {
      expect(askedOf(story)).toContain(PRESENCE);
    });
  });

  it('is chosen by one press, and who is away comes last once an amount needs somebody', async () => {
    const story = await openStory();
    const page = openSidebar(story, 'ana', 1087);
    const form = await fillForm(page, { cosigners: [] });
    await page.user.type(cosignerBox(form), 'Tom');
    const tomas = await form.findByRole('option', { name: 'Tomás Herrera' });
    await waitFor(() => {
      expect(tomas).toHaveTextContent('Away');
    });
    await page.user.clear(cosignerBox(form));
    const proposal = await form.findByRole('button', { name: /^Choose / });
    const name = proposal.textContent.replace('Choose ', '');
    expect(name).not.toBe('Tomás Herrera');
    await page.user.click(proposal);
    form.getByRole('button', { name: `Remove ${name}` });
    expect(form.queryByRole('button', { name: /^Choose / })).toBeNull();
  });

  it('is named with the reason where they were chosen and can no longer be asked', async () => {
    const story = await openStory();
    restrictAgent(story.zendesk.world, Number(story.idOf('priya')), 'assigned');
    const page = openSidebar(story, 'ana', 1087);
    await page.user.click(await screen.findByRole('button', { name: 'New credit' }));
    const form = within(await screen.findByRole('form', { name: 'New credit' }));
    await form.findByRole('button', { name: /^Choose / });
    // Chosen before an amount is typed: until then nobody asked who sees the ticket.
    await chooseCosigner(page, form, 'Priya Raman');
    await chooseCosigner(page, form, 'Ben Okafor');
    const amount = form.getByRole('textbox', { name: 'Amount' });
    await page.user.type(amount, '25');
    await form.findByText('Priya Raman cannot be asked: Cannot open this ticket');
    form.getByRole('button', { name: 'Remove Ben Okafor' });
    await page.user.clear(amount);
    await page.user.type(amount, '150');
    await form.findByText('Ben Okafor cannot be asked: Not a lead');
    expect(form.queryByRole('button', { name: 'Remove Ben Okafor' })).toBeNull();
    await page.user.clear(amount);
    await page.user.type(amount, '25');
    await form.findByRole('button', { name: 'Remove Ben Okafor' });
    expect(form.queryByText(/Ben Okafor cannot be asked/)).toBeNull();
  });

  it('needs no word on who is at work: where the account tells nobody, nothing is said', async () => {
    const story = await openStory();
    story.zendesk.state.account.agents_see_availability = false;
    const page = openSidebar(story, 'ana', 1087);
    const form = await fillForm(page, { cosigners: [] });
    await form.findByRole('button', { name: /^Choose / });
    expect(askedOf(story)).toContain(PRESENCE);
    expect(form.queryByRole('alert')).toBeNull();
  });

  it('is found by name where the account has more colleagues than one page', async () => {
    const story = await openStory();
    addColleagues(story);
    const page = openSidebar(story, 'ana', 1087);
    const form = await fillForm(page, { cosigners: [] });
    await chooseCosigner(page, form, 'Ben Okafor');
    expect(askedOf(story)).toContain('GET /api/v2/users/autocomplete');
  });

  it('is never said not to exist where nobody could look', async () => {
    const story = await openStory();
    addColleagues(story);
    story.zendesk.faults.add({
      match: { path: 'users/autocomplete' },
      fault: { kind: 'status', status: 403 },
    });
    const page = openSidebar(story, 'ana', 1087);
    const form = await fillForm(page, { cosigners: [] });
    await page.user.type(cosignerBox(form), 'Zoltan');
    await form.findByRole('option', { name: 'Your colleagues could not be read.' });
    expect(form.queryByRole('option', { name: 'No match' })).toBeNull();
  });
});
