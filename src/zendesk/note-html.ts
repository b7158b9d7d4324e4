/**
 * A note's `html_body` from text, one paragraph each. Names, notes and labels are typed by people,
 * and two things must not happen to them: becoming HTML, and being expanded by Zendesk, which runs
 * every comment through its Liquid templates (`{{ticket.requester.email}}`, `{% … %}`), so that a
 * name could print what is not meant for this reader, or vanish. Line breaks stay; addresses of
 * https become links.
 */
export const noteHtml = (paragraphs: readonly string[]): string =>
  paragraphs.map((text) => `<p>${withLinks(neutralise(text))}</p>`).join('');

/**
 * A brace that could open a placeholder is parted from what follows by a word joiner: of no width,
 * no break, and the text still reads the same. An entity for the brace would not be safe: Zendesk
 * does not say whether it looks for placeholders before or after entities are read, and the HTML is
 * sanitised in between. With a character in the middle there is no `{{` at either time. Closing
 * braces mean nothing without opening ones and are left alone.
 */
export const neutralise = (text: string): string =>
  // Looked at from each brace on, since `{{{` holds two openings.
  text.replace(/\{(?=[{%])/g, `{${WORD_JOINER}`);

const WORD_JOINER = '\u2060';

/** An address ends before the punctuation of the sentence that it stands in. */
const address = /https:\/\/[^\s<>"'{}]*[^\s<>"'{}.,;:!?()[\]]/g;

function withLinks(text: string): string {
  let html = '';
  let done = 0;
  for (const match of text.matchAll(address)) {
    const [url] = match;
    html += escapeHtml(text.slice(done, match.index));
    html += `<a href="${escapeHtml(url)}">${escapeHtml(url)}</a>`;
    done = match.index + url.length;
  }
  return html + escapeHtml(text.slice(done));
}

const escapeHtml = (text: string): string =>
  text
    .replace(/[&<>"']/g, (character) => entities[character] ?? character)
    .replace(/\r\n|\r|\n/g, '<br>');

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
