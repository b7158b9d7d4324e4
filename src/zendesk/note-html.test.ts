import fc from 'fast-check';
import { expect, it } from 'vitest';
import { noteHtml } from './note-html.ts';

const JOINER = '\u2060';

it('makes a paragraph of each text and keeps line breaks', () => {
  expect(noteHtml(['One', 'two\nthree\r\nfour'])).toBe('<p>One</p><p>two<br>three<br>four</p>');
});

it('escapes what would become HTML', () => {
  expect(noteHtml([`<img src=x onerror="alert('1')"> & co`])).toBe(
    '<p>&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; co</p>',
  );
});

it.each([
  ['{{ticket.requester.email}}', `{${JOINER}{ticket.requester.email}}`],
  ['{{{x}}}', `{${JOINER}{${JOINER}{x}}}`],
  ['{% if x %}', `{${JOINER}% if x %}`],
  ['{ {x} }', '{ {x} }'],
])('keeps Zendesk from expanding %j', (text, html) => {
  expect(noteHtml([text])).toBe(`<p>${html}</p>`);
});

it('makes a link of an address, without the punctuation after it', () => {
  expect(noteHtml(['Open https://acme.zendesk.com/agent/tickets/7?a=1&b=2.'])).toBe(
    '<p>Open <a href="https://acme.zendesk.com/agent/tickets/7?a=1&amp;b=2">' +
      'https://acme.zendesk.com/agent/tickets/7?a=1&amp;b=2</a>.</p>',
  );
});

it('makes no link of any other kind of address', () => {
  expect(noteHtml(['javascript:alert(1) http://plain.example'])).not.toContain('<a');
});

const tricky = fc.array(
  fc.constantFrom(
    '{',
    '{{',
    '%',
    '}',
    '<',
    '>',
    '&',
    '"',
    "'",
    'https://x',
    ' ',
    '\n',
    'a',
    ';',
    '/p',
  ),
  { maxLength: 20 },
);

it('never lets a placeholder or a tag through, whatever is typed', () => {
  fc.assert(
    fc.property(
      fc.array(
        tricky.map((parts) => parts.join('')),
        { maxLength: 3 },
      ),
      (texts) => {
        const html = noteHtml(texts);
        expect(html).not.toMatch(/\{[{%]/);
        expect(html.replace(/<\/?p>|<br>|<a href="https:[^"<>]*">|<\/a>/g, '')).not.toMatch(/[<>]/);
      },
    ),
  );
});

it('keeps every character that was typed', () => {
  const decode: Record<string, string> = {
    '&amp;': '&',
    '&lt;': '<',
    '&gt;': '>',
    '&quot;': '"',
    '&#39;': "'",
  };
  fc.assert(
    fc.property(
      tricky.map((parts) => parts.join('')),
      (text) => {
        const back = noteHtml([text])
          .replace(/<br>/g, '\n')
          .replace(/<[^>]*>/g, '')
          .replaceAll(JOINER, '')
          .replace(/&[a-z#0-9]+;/g, (entity) => decode[entity] ?? entity);
        expect(back).toBe(text);
      },
    ),
  );
});
