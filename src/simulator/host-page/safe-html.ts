const allowed = new Set(
  'A B BLOCKQUOTE BR CODE DEL DIV EM H1 H2 H3 H4 HR I LI OL P PRE S SPAN STRONG SUB SUP TABLE TBODY TD TH THEAD TR U UL'.split(
    ' ',
  ),
);
/** Their text is no text for people. */
const dropped = new Set(['SCRIPT', 'STYLE', 'TEMPLATE', 'IFRAME', 'OBJECT', 'TITLE', 'HEAD']);

/**
 * Comment HTML as nodes that can do no harm: simple tags only, no attributes but the address of a
 * link, which must be http, https or mailto. What stands in other tags stays as text.
 */
export function safeNodes(html: string, into: Document = document): DocumentFragment {
  const parsed = new DOMParser().parseFromString(html, 'text/html');
  const fragment = into.createDocumentFragment();
  for (const child of parsed.body.childNodes) append(fragment, child, into);
  return fragment;
}

function append(parent: Node, node: Node, into: Document): void {
  if (node.nodeType === 3) {
    parent.appendChild(into.createTextNode(node.nodeValue ?? ''));
    return;
  }
  if (!(node instanceof Element)) return;
  // Inside SVG and MathML names keep their lower case.
  const name = node.tagName.toUpperCase();
  if (dropped.has(name)) return;
  let target: Node = parent;
  if (allowed.has(name)) {
    const copy = into.createElement(name);
    if (name === 'A') copyAddress(node, copy);
    target = parent.appendChild(copy);
  }
  for (const child of node.childNodes) append(target, child, into);
}

function copyAddress(from: Element, to: HTMLElement): void {
  const address = (from.getAttribute('href') ?? '').trim();
  if (!/^(https?:|mailto:)/i.test(address)) return;
  to.setAttribute('href', address);
  to.setAttribute('target', '_blank');
  to.setAttribute('rel', 'noopener noreferrer');
}
