import { expect, it } from 'vitest';
import { plainText } from './plain-text.ts';

it.each([
  ['a <em>late</em> parcel', 'a late parcel'],
  ['one<br>two\n three', 'one two three'],
  ['R&amp;D &lt;b&gt; &quot;x&quot; &#39;y&#39; &#x27;z&#x27;&nbsp;!', `R&D <b> "x" 'y' 'z' !`],
  ['&unknown; &#0; &#9999999;', '&unknown; &#0; &#9999999;'],
  ['&amp;lt;', '&lt;'],
])('%j reads %j', (html, text) => {
  expect(plainText(html)).toBe(text);
});
