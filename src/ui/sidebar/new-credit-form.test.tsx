import { act, screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { fold } from '#domain/fold.ts';
import { commentOnWeb } from '#simulator/reply-actions.ts';
import {
  askedOf,
  chooseCosigner,
  cosignerBox,
  createBrowser,
  fillForm,
  openSidebar,
} from '#tests/support/render-sidebar.tsx';
import { creditOf, HOUR, MINUTE, openStory, writesOf } from '#tests/support/story-shop.ts';
import { readTermsHistory } from '#use-cases/terms-history.ts';

const credits = () => within(screen.getByRole('region', { name: 'Credits' }));
const TICKET = '/api/v2/tickets/1087';

describe('asking for a credit', () => {
  it('asks three things more, writes slot and journal, and leads to the credit', async () => {
    const story = await openStory();
    const page = openSidebar(story, 'ana', 1087);
    await screen.findByRole('link', { name: /^Goodwill for late deliveries/ });
    const opened = story.zendesk.log.length;
    const form = await fillForm(page, { note: 'Nine days late.' });
    const past = 'POST /api/v2/custom_objects/leeway_credit/records/search';
    const asked = askedOf(story, opened);
    // Who is at work and who sees the ticket, asked for once an amount needs somebody.
    const aboutColleagues = asked.filter((request) =>
      /agent_availabilities|\/groups\//.test(request),
    );
    expect(aboutColleagues).toHaveLength(2);
    const others = asked.filter(
      (request) => request !== past && !aboutColleagues.includes(request),
    );
    expect(others).toHaveLength(3);
    // What was given for the reason before, asked for once it is chosen.
    expect(asked.filter((request) => request === past)).toHaveLength(1);
    form.getByText('Every credit has a co-signer.');
    const since = story.zendesk.log.length;
    await page.user.click(form.getByRole('button', { name: 'Ask for co-sign' }));

    const item = await credits().findByRole('listitem');
    expect(item).toHaveTextContent(/LW-[2-9A-Z]{6}/);
    expect(item).toHaveTextContent('$25.00');
    expect(item).toHaveTextContent('Waiting for co-sign');
    expect(item).toHaveTextContent('Arrived late: Nine days late.');
    expect(item).toHaveTextContent('Ana Souza asked Ben Okafor to co-sign');
    expect(within(item).queryByRole('button', { name: 'Approve' })).toBeNull();
    within(item).getByText('You asked for this credit, so a colleague decides.');
    expect(screen.getByRole('status')).toHaveTextContent(/LW-.*: Ben Okafor is asked for \$25\.00/);
    expect(within(item).getByRole('heading')).toHaveFocus();
    await screen.findByText('$125.00 left of $200.00');
    expect(writesOf(story.zendesk, since)).toEqual([
      // The session's probe, which is refused, and the slot.
      'POST /api/v2/custom_objects/leeway_credit/records',
      'POST /api/v2/custom_objects/leeway_credit/records',
      `PUT ${TICKET}`,
    ]);
  });

  it('says no longer that somebody is asked once they have answered', async () => {
    const story = await openStory();
    const page = openSidebar(story, 'ana', 1087);
    const form = await fillForm(page);
    await page.user.click(form.getByRole('button', { name: 'Ask for co-sign' }));
    await screen.findByText(/Ben Okafor is asked for/);
    const ben = story.session('ben');
    const audits = await ben.helpdesk.readAudits(story.ticketOf(1087));
    const [credit] = fold(audits, await readTermsHistory(ben), ben.clock.now()).credits;
    if (!credit) throw new Error('Ana asked');
    creditOf(await story.step(ben, credit, { type: 'approve' }));
    act(() => {
      page.tell('updated');
    });
    await credits().findByText('Posted');
    expect(screen.queryByText(/Ben Okafor is asked for/)).toBeNull();
  });

  it('sends once, however often the button is pressed', async () => {
    const story = await openStory();
    const page = openSidebar(story, 'ana', 1087);
    const form = await fillForm(page);
    await page.user.dblClick(form.getByRole('button', { name: 'Ask for co-sign' }));
    await credits().findByRole('listitem');
    expect(writesOf(story.zendesk).filter((write) => write === `PUT ${TICKET}`)).toHaveLength(1);
    expect(credits().getAllByRole('listitem')).toHaveLength(1);
  });

  it('says what is missing, at its place, and goes to the first', async () => {
    const story = await openStory();
    const page = openSidebar(story, 'ana', 1087);
    await page.user.click(await screen.findByRole('button', { name: 'New credit' }));
    const form = within(await screen.findByRole('form', { name: 'New credit' }));
    await waitFor(() => {
      expect(form.getByRole('button', { name: 'Ask for co-sign' })).toBeEnabled();
    });
    await page.user.click(form.getByRole('button', { name: 'Ask for co-sign' }));
    form.getByText('Type an amount.');
    form.getByText('Choose a reason.');
    form.getByText('Choose whom to ask.');
    await waitFor(() => {
      expect(form.getByRole('textbox', { name: 'Amount' })).toHaveFocus();
    });
    await page.user.type(form.getByRole('textbox', { name: 'Amount' }), 'ten');
    form.getByText('Type the amount as a number, such as 12.50.');
    await page.user.selectOptions(form.getByRole('combobox', { name: 'Reason' }), 'Goodwill');
    form.getByText('This reason needs a note.');
    expect(writesOf(story.zendesk)).toEqual([]);
  });

  it('fills in the reason’s usual amount, and never over what was typed', async () => {
    const story = await openStory();
    const page = openSidebar(story, 'ana', 1087);
    await page.user.click(await screen.findByRole('button', { name: 'New credit' }));
    const form = within(await screen.findByRole('form', { name: 'New credit' }));
    const amount = form.getByRole('textbox', { name: 'Amount' });
    const reason = form.getByRole('combobox', { name: 'Reason' });
    await page.user.selectOptions(reason, 'Arrived late');
    expect(amount).toHaveValue('10.00');
    await page.user.selectOptions(reason, 'Damaged or faulty');
    expect(amount).toHaveValue('25.00');
    await page.user.clear(amount);
    await page.user.type(amount, '7');
    await page.user.selectOptions(reason, 'Our mistake');
    expect(amount).toHaveValue('7');
  });

  it.each([
    ['en-US', '1.230', 'Is that 1.23 or 1230.00? Write it like one of these.'],
    ['de-DE', '1,230', 'Is that 1230,00 or 1,23? Write it like one of these.'],
    ['de-DE', '1.230', null],
    ['de-DE', '12,50', null],
    ['ar-EG', '١٢٫٥٠', null],
  ])(
    'asks an agent of %s what %s means where it could mean two things',
    async (locale, typed, question) => {
      const { user } = openSidebar(await openStory(), 'ana', 1087, { locale });
      await user.click(await screen.findByRole('button', { name: 'New credit' }));
      const amount = await screen.findByRole('textbox', { name: 'Amount' });
      await user.type(amount, typed);
      if (question === null) expect(amount).not.toHaveAttribute('aria-invalid', 'true');
      else screen.getByText(question);
    },
  );

  it('gives the focus back to where it began when it is cancelled', async () => {
    const story = await openStory();
    const page = openSidebar(story, 'ana', 1087);
    const form = await fillForm(page, { cosigners: [] });
    await page.user.click(form.getByRole('button', { name: 'Cancel' }));
    expect(screen.queryByRole('form')).toBeNull();
    await waitFor(() => {
      expect(screen.getByRole('button', { name: 'New credit' })).toHaveFocus();
    });
  });
});

describe('what the submit button says', () => {
  it('follows the amount: a colleague, a lead, nobody', async () => {
    const story = await openStory();
    const page = openSidebar(story, 'ana', 1087);
    const form = await fillForm(page, { amount: '100', cosigners: [] });
    form.getByRole('button', { name: 'Ask for co-sign' });
    const amount = form.getByRole('textbox', { name: 'Amount' });
    await page.user.type(amount, '.01');
    form.getByRole('button', { name: 'Ask a lead' });
    form.getByText('Above $100.00, up to which a co-sign is enough.');
    await page.user.clear(amount);
    await page.user.type(amount, '160');
    form.getByText('$10.00 over the budget you have left.');
    form.getByText('Above the customer’s cap of $150.00 in 90 days.');
    await page.user.clear(amount);
    await page.user.type(amount, '500.01');
    form.getByText('This cannot be given:');
    form.getByText('Above $500.00, which nobody can give on one ticket.');
    expect(form.queryByRole('button', { name: /^(Give|Ask)/ })).toBeNull();
    expect(writesOf(story.zendesk)).toEqual([]);
  });

  it('is to give at once within what one may give alone', async () => {
    const story = await openStory();
    await story.publish({ self_limit: 20 });
    await story.clock.advance(1000);
    const page = openSidebar(story, 'ana', 1087);
    const form = await fillForm(page, { amount: '20', cosigners: [] });
    expect(form.queryByLabelText('Co-signer')).toBeNull();
    await page.user.click(form.getByRole('button', { name: 'Give credit' }));
    expect(await credits().findByRole('listitem')).toHaveTextContent('Posted');
    expect(screen.getByRole('status')).toHaveTextContent('$20.00 is posted');
  });

  it('asks for a co-sign where the maker calls it an exception, with its reason', async () => {
    const story = await openStory();
    await story.publish({ self_limit: 20 });
    await story.clock.advance(1000);
    const page = openSidebar(story, 'ana', 1087);
    const form = await fillForm(page, { amount: '20', cosigners: [] });
    await page.user.click(form.getByRole('checkbox', { name: /exception/ }));
    form.getByText('You say it is an exception.');
    await chooseCosigner(page, form, 'Ben Okafor');
    await page.user.click(form.getByRole('button', { name: 'Ask for co-sign' }));
    form.getByText('Say why, or untick it.');
    await page.user.type(
      form.getByRole('textbox', { name: 'Why is this an exception?' }),
      'Third time this month.',
    );
    await page.user.click(form.getByRole('button', { name: 'Ask for co-sign' }));
    const item = await credits().findByRole('listitem');
    expect(item).toHaveTextContent('Exception: Third time this month.');
  });

  it('makes what goes against a guideline an exception by itself', async () => {
    const story = await openStory();
    const guidelines =
      '[[guideline]]\nkey = "late"\ntitle = "Late parcels"\nreasons = ["late_delivery"]\nmax_amount = 15\n';
    const settings = { ...story.zendesk.state.installed_app?.settings, guidelines };
    const page = openSidebar(story, 'ana', 1087, { settings });
    const form = await fillForm(page, { amount: '15', cosigners: [] });
    expect(form.queryByRole('textbox', { name: 'Why is this an exception?' })).toBeNull();
    await page.user.type(form.getByRole('textbox', { name: 'Amount' }), '.50');
    form.getByRole('textbox', { name: 'Why is this an exception?' });
    form.getByText('It goes against the guideline “Late parcels”.');
    within(screen.getByRole('region', { name: 'Guidelines' })).getByText('Late parcels');
  });
});

describe('whom one can ask', () => {
  it('offers neither the maker, light agents nor the suspended; where a lead is needed, leads alone', async () => {
    const story = await openStory();
    const page = openSidebar(story, 'ana', 1087);
    const form = await fillForm(page, { cosigners: [] });
    await page.user.click(cosignerBox(form));
    await form.findByRole('option', { name: 'Ben Okafor' });
    const names = () =>
      form
        .getAllByRole('option')
        .map(({ textContent }) => textContent)
        .filter((name) => /^(Ana|Ben|Lea|Samir|Liv|Nadia|Carl|Ada)/.test(name));
    expect(names().sort()).toEqual(['Ada Novak', 'Ben Okafor', 'Lea Brandt', 'Samir Haddad']);
    await page.user.type(form.getByRole('textbox', { name: 'Amount' }), '0');
    await page.user.click(cosignerBox(form));
    await waitFor(() => {
      expect(names().sort()).toEqual(['Lea Brandt', 'Samir Haddad']);
    });
  });

  it('takes several, each with a button to remove them, and no more than five', async () => {
    const story = await openStory();
    const page = openSidebar(story, 'ana', 1087);
    const five = ['Ben Okafor', 'Lea Brandt', 'Samir Haddad', 'Ada Novak', 'Priya Raman'];
    const form = await fillForm(page, { cosigners: five });
    form.getByText('That is as many as can be asked.');
    await page.user.click(form.getByRole('button', { name: 'Remove Lea Brandt' }));
    expect(form.queryByRole('button', { name: 'Remove Lea Brandt' })).toBeNull();
    form.getByText(/at most five\./);
  });

  it('says why somebody cannot be chosen again', async () => {
    const story = await openStory();
    await story.publish({ pair_limit: 1 });
    await story.clock.advance(1000);
    const page = openSidebar(story, 'ana', 1087);
    const form = await fillForm(page, { cosigners: [] });
    await page.user.type(cosignerBox(form), 'Ben');
    const option = await form.findByRole('option', { name: /Ben Okafor/ });
    expect(option).toHaveTextContent('as often as the limits allow');
    expect(option).toHaveAttribute('aria-disabled', 'true');
  });
});

describe('what goes wrong while sending', () => {
  it('is told, and what was typed is kept', async () => {
    const story = await openStory();
    const page = openSidebar(story, 'ana', 1087);
    const form = await fillForm(page, { note: 'Nine days late.' });
    story.zendesk.faults.add({
      match: { method: 'PUT' },
      fault: { kind: 'status', status: 403, body: { error: 'Forbidden' } },
    });
    await page.user.click(form.getByRole('button', { name: 'Ask for co-sign' }));
    const alert = await form.findByRole('alert');
    expect(alert).toHaveTextContent('Nothing was sent, and what you typed is still here.');
    expect(form.getByRole('textbox', { name: 'Note' })).toHaveValue('Nine days late.');
    expect(credits().queryByRole('listitem')).toBeNull();
    await screen.findByText('$150.00 left of $200.00');
  });

  it('is told when another window changed what the button spoke of', async () => {
    const story = await openStory();
    const page = openSidebar(story, 'ana', 1087);
    const form = await fillForm(page, { amount: '60' });
    await story.publish({ cosign_limit: 50 });
    await story.clock.advance(1000);
    await page.user.click(form.getByRole('button', { name: 'Ask for co-sign' }));
    expect(await form.findByRole('alert')).toHaveTextContent('this now needs a lead');
    await form.findByRole('button', { name: 'Ask a lead' });
    expect(writesOf(story.zendesk).filter((write) => write.startsWith('PUT'))).toEqual([]);
  });

  it('is unknown after a lost answer: said, waited for, and the filled form is offered again', async () => {
    const story = await openStory();
    const browser = createBrowser();
    const page = openSidebar(story, 'ana', 1087, { browser });
    const form = await fillForm(page, { note: 'Nine days late.' });
    story.zendesk.faults.add({ match: { method: 'PUT' }, fault: { kind: 'lost-before' } });
    await page.user.click(form.getByRole('button', { name: 'Ask for co-sign' }));
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('it may still arrive');
    expect(screen.queryByRole('button', { name: 'New credit' })).toBeNull();
    page.unmount();

    story.zendesk.faults.clear();
    await story.clock.advance(12 * MINUTE);
    const again = openSidebar(story, 'ana', 1087, { browser });
    const told = await screen.findByText(/never arrived\. Nothing was given/);
    await screen.findByText('$150.00 left of $200.00');
    expect(told).toBeVisible();
    await again.user.click(screen.getByRole('button', { name: 'Fill in the form again' }));
    const filled = within(await screen.findByRole('form', { name: 'New credit' }));
    expect(filled.getByRole('textbox', { name: 'Amount' })).toHaveValue('25');
    expect(filled.getByRole('textbox', { name: 'Note' })).toHaveValue('Nine days late.');
  });

  it('never arrived, and gives its money back, for a browser whose clock is an hour behind', async () => {
    const story = await openStory();
    const browser = createBrowser();
    const skew = -HOUR;
    const page = openSidebar(story, 'ana', 1087, { browser, skew });
    const form = await fillForm(page, { note: 'Nine days late.' });
    story.zendesk.faults.add({ match: { method: 'PUT' }, fault: { kind: 'lost-before' } });
    await page.user.click(form.getByRole('button', { name: 'Ask for co-sign' }));
    await screen.findByText(/it may still arrive/);
    page.unmount();
    story.zendesk.faults.clear();
    await story.clock.advance(12 * MINUTE);
    commentOnWeb(story.zendesk.world, {
      ticket_id: 1087,
      user_id: Number(story.idOf('ben')),
      text: 'Any news?',
      public: false,
    });
    openSidebar(story, 'ana', 1087, { browser, skew });
    // Zendesk's answer sets the clock right, and the screen goes by it at once.
    await screen.findByText(/never arrived/);
    await screen.findByText('$150.00 left of $200.00');
    await screen.findByText(/your budget is free again/);
  });

  it('is found to have happened after a lost answer, and said so', async () => {
    const story = await openStory();
    const page = openSidebar(story, 'ana', 1087);
    const form = await fillForm(page);
    story.zendesk.faults.add({
      match: { method: 'PUT', times: 1 },
      fault: { kind: 'lost-after' },
    });
    await page.user.click(form.getByRole('button', { name: 'Ask for co-sign' }));
    expect(await credits().findByRole('listitem')).toHaveTextContent('Waiting for co-sign');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('names those whom Zendesk did not notify', async () => {
    const story = await openStory();
    story.zendesk.state.account.ccs_and_followers = false;
    const page = openSidebar(story, 'ana', 1087);
    const form = await fillForm(page);
    await page.user.click(form.getByRole('button', { name: 'Ask for co-sign' }));
    await credits().findByRole('listitem');
    expect(screen.getByRole('alert')).toHaveTextContent(
      'Ben Okafor could not be notified by Zendesk. Tell them yourself.',
    );
  });
});

it('reads amounts as the agent’s locale writes them', async () => {
  const story = await openStory();
  const page = openSidebar(story, 'ana', 1087, { locale: 'de-DE' });
  const form = await fillForm(page, { amount: '12,50' });
  await page.user.click(form.getByRole('button', { name: 'Ask for co-sign' }));
  expect(await credits().findByRole('listitem')).toHaveTextContent('12,50 $');
});
