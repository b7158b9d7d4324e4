import { screen, within } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import type { Words } from '#app/load-words.ts';
import { MARKS, pseudoMessages } from '#tests/support/pseudo-locale.ts';
import { openSidebar } from '#tests/support/render-sidebar.tsx';
import { openStory } from '#tests/support/story-shop.ts';
import { createDictionary } from '#ui/shared/messages.ts';
import { later, note, slot, terms, ui } from '../../translations/en.json';

const first = pseudoMessages(ui);
const afterwards = pseudoMessages({ ...later, note, slot, terms });

// Japanese dates and lists, so that Intl adds no Latin letter either.
const words: Words = { language: 'ja', first, later: Promise.resolve(afterwards) };

const dictionary = createDictionary('ja', first);
dictionary.add(afterwards);
const { say } = dictionary;

const SHOWN = ['aria-label', 'aria-valuetext', 'aria-description', 'placeholder', 'title', 'alt'];

/** All that is read on the page or by a screen reader, piece by piece. */
function readIn(root: Element): string[] {
  const found = [...root.querySelectorAll('*')].flatMap((element) =>
    SHOWN.map((name) => element.getAttribute(name) ?? ''),
  );
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement, textContent } = walker.currentNode;
    if (!parentElement?.closest('style, script')) found.push(textContent ?? '');
  }
  return found;
}

/** What is left of a text without its marked parts. Values stand inside of them, and may be marked themselves. */
function unmarked(text: string): string {
  let depth = 0;
  let rest = '';
  for (const char of text) {
    if (char === MARKS[1]) depth -= 1;
    else if (char === MARKS[0]) depth += 1;
    else if (depth === 0) rest += char;
  }
  return rest;
}

/** Texts with Latin letters that no translation gave and nobody of the shop wrote. */
function untranslated(root: Element, { zendesk }: Awaited<ReturnType<typeof openStory>>): string[] {
  // Articles are shown as text, without their tags.
  const written = JSON.stringify(zendesk.state)
    .replaceAll('\\n', ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/ +/g, ' ');
  const known = (text: string): boolean => {
    const plain = JSON.stringify(text.replace(/[\u2068\u2069]/g, '').trim()).slice(1, -1);
    return written.includes(plain) || /^LW-\w{6}$/.test(plain);
  };
  return readIn(root)
    .map((text) => unmarked(text).trim())
    .filter((text) => /[A-Za-z]{2}/.test(text) && !known(text));
}

async function opened(...[who, ticket]: [Parameters<typeof openSidebar>[1], number]) {
  const story = await openStory();
  const page = openSidebar(story, who, ticket, { words, locale: 'ja' });
  await screen.findByRole('region', { name: say('guidelines.title') });
  return { story, ...page };
}

describe('in a language that nobody speaks, nothing is left in English', () => {
  it('on a ticket with a credit that waits, while it is declined', async () => {
    const { story, user, container } = await opened('ben', 1080);
    const decline = await screen.findByRole('button', { name: say('action.decline') });
    expect(untranslated(container, story)).toEqual([]);
    await user.click(decline);
    await screen.findByRole('textbox', { name: say('step.reason') });
    expect(untranslated(container, story)).toEqual([]);
  });

  it('in the form, empty, with a mistake and when a lead is needed', async () => {
    const { story, user, container } = await opened('ana', 1087);
    await user.click(await screen.findByRole('button', { name: say('action.newCredit') }));
    const form = within(await screen.findByRole('form', { name: say('form.title') }));
    const amount = form.getByRole('textbox', { name: say('form.amount') });
    for (const typed of ['twenty', '1.230', '25', '120', '600']) {
      await user.clear(amount);
      await user.type(amount, typed);
      expect(untranslated(container, story)).toEqual([]);
    }
  });

  it('in the limits of an admin who may publish', async () => {
    const { story, user, container } = await opened('ada', 1087);
    await user.click(await screen.findByRole('button', { name: say('action.limits') }));
    await screen.findByRole('region', { name: say('limits.title') });
    await screen.findByText(say('limits.same'));
    expect(untranslated(container, story)).toEqual([]);
  });

  it('for somebody who may not give anything', async () => {
    const { story, container } = await opened('liv', 1087);
    await screen.findByText(say('mayAsk.light-agent'));
    expect(untranslated(container, story)).toEqual([]);
  });

  it('and the search itself finds what is not translated', async () => {
    const { story, container } = await opened('ana', 1087);
    container.append(Object.assign(document.createElement('p'), { textContent: 'Not in a file' }));
    expect(untranslated(container, story)).toEqual(['Not in a file']);
  });
});
