import { screen, waitFor, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { askedOf, fillForm, openSidebar } from '#tests/support/render-sidebar.tsx';
import { openStory } from '#tests/support/story-shop.ts';

const opened = async () => within(await screen.findByRole('region', { name: 'Guidelines' }));
const region = () => within(screen.getByRole('region', { name: 'Guidelines' }));
const SEARCH = 'POST /api/v2/custom_objects/leeway_credit/records/search';
const SHOW_MANY = 'GET /api/v2/tickets/show_many';

async function openWith(guidelines: string, ticket = 1087) {
  const story = await openStory();
  const settings = { ...story.zendesk.state.installed_app?.settings, guidelines };
  return { story, page: openSidebar(story, 'ana', ticket, { settings }) };
}

describe('the guidelines of the settings', () => {
  it('are shown for this ticket before an amount is typed, with what is usual and what comes of more', async () => {
    await openWith(`
[[guideline]]
key = "late"
title = "Late parcels"
text = "A small credit puts most of them right."
article = "https://pedal-and-pine.zendesk.com/hc/en-us/articles/1"
reasons = ["late_delivery"]
usual_amount = 10
max_amount = 15
[[guideline]]
key = "tagged"
title = "For late deliveries only"
ticket_tags = ["late_delivery"]
[[guideline]]
key = "other"
title = "For chargebacks only"
ticket_tags = ["chargeback"]
[[guideline]]
key = "channel"
title = "By carrier pigeon only"
channels = ["pigeon"]
`);
    await (await opened()).findByText('For late deliveries only');
    region().getByText('A small credit puts most of them right.');
    region().getByText('Usual: $10.00');
    region().getByText('Above $15.00, give a reason and ask for a co-sign.');
    const link = region().getByRole('link', { name: /^Read more/ });
    expect(link).toHaveAttribute('target', '_blank');
    expect(region().queryByText('For chargebacks only')).toBeNull();
    expect(region().queryByText('By carrier pigeon only')).toBeNull();
  });

  it('are sharpened while one types, and ask for a lead where they say so', async () => {
    const { page } = await openWith(`
[[guideline]]
key = "late"
title = "Late parcels"
reasons = ["late_delivery"]
max_amount = 15
strength = "lead"
[[guideline]]
key = "broken"
title = "Broken things"
reasons = ["damaged"]
`);
    await (await opened()).findByText('Broken things');
    const form = await fillForm(page, { amount: '15', cosigners: [] });
    expect(region().queryByText('Broken things')).toBeNull();
    form.getByRole('button', { name: 'Ask for co-sign' });
    await page.user.type(form.getByRole('textbox', { name: 'Amount' }), '.01');
    form.getByRole('button', { name: 'Ask a lead' });
    form.getByText('It goes against the guideline “Late parcels”, which asks a lead.');
    form.getByRole('textbox', { name: 'Why is this an exception?' });
    region().getByText('Your amount is above this.');
    await page.user.click(form.getByRole('button', { name: 'Cancel' }));
    await (await opened()).findByText('Broken things');
  });

  it('count what the ticket holds already, so that splitting helps nobody', async () => {
    const story = await openStory();
    await story.ask(story.session('ana'), { cents: 1000 });
    const guidelines =
      '[[guideline]]\nkey = "late"\ntitle = "Late parcels"\nmax_amount = 15\nstrength = "lead"\n';
    const settings = { ...story.zendesk.state.installed_app?.settings, guidelines };
    const page = openSidebar(story, 'ana', 1087, { settings });
    const form = await fillForm(page, { amount: '5', cosigners: [] });
    form.getByRole('button', { name: 'Ask for co-sign' });
    await page.user.type(form.getByRole('textbox', { name: 'Amount' }), '.01');
    form.getByRole('button', { name: 'Ask a lead' });
  });

  it('are taken as fitting where what they depend on could not be read, and say so', async () => {
    const story = await openStory();
    const guidelines =
      '[[guideline]]\nkey = "vip"\ntitle = "Good customers"\ncustomer_tags = ["vip"]\nstrength = "lead"\n';
    const settings = { ...story.zendesk.state.installed_app?.settings, guidelines };
    story.zendesk.faults.add({
      match: { path: '/tickets/requested' },
      fault: { kind: 'status', status: 500 },
    });
    openSidebar(story, 'ana', 1087, { settings });
    await (await opened()).findByText('Good customers');
    region().getByText('Whether this fits could not be read, so it is taken as fitting.');
    region().getByText('Here, give a reason and ask a lead.');
  });
});

describe('the Help Center’s articles', () => {
  const links = () =>
    region()
      .getAllByRole('link')
      .map(({ textContent }) => textContent);

  it('stand in the order of the reason, and cost nothing more while one answer holds them all', async () => {
    const story = await openStory();
    const page = openSidebar(story, 'ana', 1087);
    await (await opened()).findAllByRole('link');
    const since = story.zendesk.log.length;
    const form = await fillForm(page, { reason: 'Damaged or faulty', cosigners: [] });
    expect(links()[0]).toMatch(/^Damaged in transit/);
    await page.user.selectOptions(form.getByRole('combobox', { name: 'Reason' }), 'Our mistake');
    expect(links()[0]).toMatch(/^Our mistake, twice/);
    expect(askedOf(story, since).filter((asked) => asked.includes('help_center'))).toEqual([]);
  });

  it('are searched by the reason, once, where there are more than one answer holds', async () => {
    const story = await openStory();
    const { articles } = story.zendesk.state;
    const [first] = Object.values(articles);
    if (!first) throw new Error('the shop has articles');
    for (let id = 1; id <= 30; id += 1) {
      articles[String(id)] = { ...first, id, title: `Number ${String(id)}`, body: '<p>Kind.</p>' };
    }
    articles['31'] = { ...first, id: 31, title: 'Zebra crossing', body: '<p>Our mistake.</p>' };
    const page = openSidebar(story, 'ana', 1087);
    await (
      await opened()
    ).findByText('There are more articles with this label in the Help Center.');
    expect(links().some((text) => text.startsWith('Zebra'))).toBe(false);
    const since = story.zendesk.log.length;
    const form = await fillForm(page, { reason: 'Our mistake', cosigners: [] });
    await region().findByRole('link', { name: /^Zebra/ });
    const reason = form.getByRole('combobox', { name: 'Reason' });
    await page.user.selectOptions(reason, 'Arrived late');
    await page.user.selectOptions(reason, 'Our mistake');
    const asked = askedOf(story, since).filter((each) => each.includes('help_center'));
    expect(asked).toHaveLength(2);
  });

  it('that are missing are passed over where other guidelines stand, but for admins', async () => {
    const story = await openStory();
    story.zendesk.faults.add({
      match: { path: '/help_center/' },
      fault: { kind: 'status', status: 404 },
    });
    const guidelines = '[[guideline]]\nkey = "kind"\ntitle = "Be kind"\n';
    const settings = { ...story.zendesk.state.installed_app?.settings, guidelines };
    const ana = openSidebar(story, 'ana', 1087, { settings });
    await (await opened()).findByText('Be kind');
    await screen.findByText(/Customer since/);
    expect(region().queryByText('No guidelines here.')).toBeNull();
    ana.unmount();
    openSidebar(story, 'ada', 1087, { settings });
    await (await opened()).findByText(/Publish articles with the label “leeway”/);
  });
});

describe('what was given before', () => {
  it('shows what is usual once a reason is chosen, and asks for a sentence outside of it', async () => {
    const story = await openStory();
    const page = openSidebar(story, 'ana', 1087);
    const form = await fillForm(page, { amount: '25', reason: 'Our mistake', cosigners: [] });
    await form.findByText(/^Usual for “Our mistake”: \$15\.00 to \$25\.00/);
    form.getByRole('img', { name: /usual is \$15\.00 to \$25\.00; yours is \$25\.00/ });
    expect(form.queryByRole('textbox', { name: 'Why so much, or so little?' })).toBeNull();

    const amount = form.getByRole('textbox', { name: 'Amount' });
    await page.user.type(amount, '.01');
    const why = form.getByRole('textbox', { name: 'Why so much, or so little?' });
    // People are told to look for “Amount” and “Note”: no other name may be taken for these.
    for (const name of [/amount/i, /note/i]) {
      expect(form.getAllByRole('textbox', { name })).toHaveLength(1);
    }
    const button = form.getByRole('button', { name: 'Ask for co-sign' });
    await page.user.click(button);
    form.getByText('Write a sentence, or choose a usual amount.');
    await waitFor(() => {
      expect(why).toHaveFocus();
    });
    await page.user.type(why, 'A flight.');
    expect(form.queryByText('Write a sentence, or choose a usual amount.')).toBeNull();
    await page.user.clear(why);
    await page.user.type(form.getByRole('textbox', { name: 'Note' }), 'A flight.');
    expect(form.queryByText('Write a sentence, or choose a usual amount.')).toBeNull();
    form.getByRole('button', { name: 'Ask for co-sign' });
  });

  it('draws its scale as far as the amount that is typed', async () => {
    const story = await openStory();
    const page = openSidebar(story, 'ana', 1087);
    const form = await fillForm(page, { amount: '60', reason: 'Our mistake', cosigners: [] });
    await form.findByText('$60.00');
    expect(form.queryByText('$45.00')).toBeNull();
  });

  it('to this very customer, lately and for the same reason, is warned of before anything is sent', async () => {
    const story = await openStory();
    const page = openSidebar(story, 'ana', 1084);
    const form = await fillForm(page, { amount: '20', reason: 'Arrived late', cosigners: [] });
    const warning = /^This customer got \$15\.00 .* for “Our mistake”\. Is this another matter\?$/;
    expect(form.queryByText(warning)).toBeNull();
    await page.user.selectOptions(form.getByRole('combobox', { name: 'Reason' }), 'Our mistake');
    form.getByText(warning);
    form.getByRole('button', { name: 'Ask for co-sign' });
  });

  it('says so where too little was given to know what is usual', async () => {
    const story = await openStory();
    const page = openSidebar(story, 'ana', 1087);
    const form = await fillForm(page, { amount: '99', reason: 'Goodwill', cosigners: [] });
    await form.findByText(
      'Only 3 credits were posted for “Goodwill”: too few to say what is usual.',
    );
    expect(form.queryByRole('img')).toBeNull();
    expect(form.queryByRole('textbox', { name: 'Why so much, or so little?' })).toBeNull();
  });

  it('names who agreed and how it was rated, never whom it was for, at two requests', async () => {
    const story = await openStory();
    const page = openSidebar(story, 'ana', 1087);
    const form = await fillForm(page, { amount: '15', reason: 'Our mistake', cosigners: [] });
    await form.findByText(/^Usual for/);
    const since = story.zendesk.log.length;
    await page.user.click(form.getByText('Similar credits'));
    await form.findByText('6 credits were compared. Some of the last minutes may be missing.');
    await form.findAllByText('The customer was satisfied.');
    expect(askedOf(story, since)).toEqual([SHOW_MANY]);
    const [nearest] = form.getAllByRole('listitem');
    expect(nearest).toHaveTextContent('$15.00');
    expect(nearest).toHaveTextContent('Agreed to by Ben Okafor');
    // Another amount compares again and asks nothing.
    await page.user.clear(form.getByRole('textbox', { name: 'Amount' }));
    await page.user.type(form.getByRole('textbox', { name: 'Amount' }), '45');
    expect(form.getAllByRole('listitem')[0]).toHaveTextContent('$45.00');
    expect(askedOf(story, since)).toEqual([SHOW_MANY]);
    const customers = Object.values(story.zendesk.state.users).filter(
      ({ role, id }) => role === 'end-user' && id !== Number(story.customerOf(1087)),
    );
    for (const { name } of customers) expect(form.queryByText(name, { exact: false })).toBeNull();
  });

  it('is asked for once for all tickets of the browser', async () => {
    const story = await openStory();
    const page = openSidebar(story, 'ana', 1087);
    const form = await fillForm(page, { reason: 'Our mistake', cosigners: [] });
    await form.findByText(/^Usual for/);
    const since = story.zendesk.log.length;
    const reason = form.getByRole('combobox', { name: 'Reason' });
    await page.user.selectOptions(reason, 'Arrived late');
    await form.findByText(/Only 4 credits were posted for “Arrived late”/);
    await page.user.selectOptions(reason, 'Our mistake');
    form.getByText(/^Usual for/);
    expect(askedOf(story, since)).toEqual([SEARCH]);
  });

  it('that could not be read stops nobody', async () => {
    const story = await openStory();
    const page = openSidebar(story, 'ana', 1087);
    await page.user.click(await screen.findByRole('button', { name: 'New credit' }));
    const form = within(await screen.findByRole('form', { name: 'New credit' }));
    await screen.findByText(/Customer since/);
    story.zendesk.faults.add({
      match: { path: '/records/search' },
      fault: { kind: 'status', status: 500 },
    });
    await page.user.type(form.getByRole('textbox', { name: 'Amount' }), '99');
    await page.user.selectOptions(form.getByRole('combobox', { name: 'Reason' }), 'Our mistake');
    await form.findByText(/What was given before could not be read/);
    expect(form.queryByRole('textbox', { name: 'Why so much, or so little?' })).toBeNull();
  });
});
