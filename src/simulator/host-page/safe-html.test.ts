// @vitest-environment jsdom
import { expect, test } from 'vitest';
import { safeNodes } from './safe-html.ts';

function shown(html: string): string {
  const box = document.createElement('div');
  box.append(safeNodes(html));
  return box.innerHTML;
}

test('simple tags stay, their attributes go', () => {
  expect(shown('<p dir="auto" onclick="x()">Hi <b style="color:red">you</b><br>there</p>')).toBe(
    '<p>Hi <b>you</b><br>there</p>',
  );
});

test.each([
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<style>p{display:none}</style>',
  '<iframe srcdoc="<p>x</p>"></iframe>',
  '<svg><script>alert(1)</script></svg>',
])('nothing of %s is left', (html) => {
  expect(shown(html)).toBe('');
});

test('a link keeps an address of the web or of mail, and loses any other', () => {
  expect(shown('<a href="https://pedal-and-pine.example/x">a</a>')).toBe(
    '<a href="https://pedal-and-pine.example/x" target="_blank" rel="noopener noreferrer">a</a>',
  );
  expect(shown('<a href=" JavaScript:alert(1)">a</a>')).toBe('<a>a</a>');
  expect(shown('<a href="data:text/html,x">a</a>')).toBe('<a>a</a>');
});

test('text in an unknown tag stays as text', () => {
  expect(shown('<marquee>slow &lt;b&gt;</marquee>')).toBe('slow &lt;b&gt;');
});
