import { type AppPackage, newReport, textOf, type Violation } from './app-package.ts';

const forbiddenEndings =
  /\.(vnd\.rar|rar|zip|gzip|gz|pdf|docx?|avi|bin|bz2?|csh|sh|jar|mp3|mpeg|odt|pptx?|xlsx?|7z)$/i;
/** The first bytes of what may not be in a package under another name. */
const forbiddenBeginnings: Record<string, string> = {
  zip: 'PK\u0003\u0004',
  gzip: '\u001f\u008b',
  pdf: '%PDF-',
  rar: 'Rar!',
  '7z': '7z\u00bc\u00af',
  bzip2: 'BZh',
  mp3: 'ID3',
};
const textEndings = /\.(js|mjs|html|css|json|svg|txt|md|xml)$/;

/** Rules for the files: kinds, web addresses and the pictures that Zendesk shows. */
export function fileViolations(app: AppPackage): Violation[] {
  const { check, violations } = newReport();
  for (const [path, bytes] of app) {
    const beginning = String.fromCharCode(...bytes.subarray(0, 8));
    const kind = Object.keys(forbiddenBeginnings).find((name) =>
      beginning.startsWith(forbiddenBeginnings[name] ?? ''),
    );
    check(!forbiddenEndings.test(path), 'file-type', path);
    check(kind === undefined, 'file-type', `${path} is a ${String(kind)}`);
    check(!/^\/|\\|(^|\/)\.\.?(\/|$)/.test(path), 'file-path', path);
    if (!/\.(js|html)$/.test(path)) continue;
    for (const [address] of (textOf(app, path) ?? '').matchAll(/http:\/\/[^\s"'`)<>\\]*/g))
      check(isOnlyAName(address), 'http-address', `${path}: ${address}`);
  }
  for (const [path, side] of [
    ['assets/logo.png', 320],
    ['assets/logo-small.png', 128],
  ] as const)
    check(isSquarePng(app.get(path), side), 'logo', `${path} must be a PNG of ${side} by ${side}`);
  return violations;
}

/** Names of XML dialects in React, and a hint in an error of prop-types: nothing is ever asked of them. */
const isOnlyAName = (address: string): boolean =>
  /^http:\/\/www\.w3\.org\/(1998\/Math\/MathML|1999\/xlink|1999\/xhtml|2000\/svg|XML\/1998\/namespace)$/.test(
    address,
  ) || address === 'http://fb.me/use-check-prop-types';

function isSquarePng(bytes: Uint8Array | undefined, side: number): boolean {
  if (!bytes || bytes.length < 24 || bytes[1] !== 0x50 || bytes[2] !== 0x4e) return false;
  const header = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return header.getUint32(16) === side && header.getUint32(20) === side;
}

/**
 * What Zendesk's scanner takes for a secret. Its patterns run over whole lines, and a bundle is one
 * line; here the value must stand right behind the name, which is where a secret would be.
 */
const secrets: Record<string, RegExp> = {
  'private key': /-----BEGIN (RSA|OPENSSH|DSA|EC|PGP) PRIVATE KEY/,
  'Slack token': /xox[pboa]-[a-z0-9]/,
  'AWS access key': /AKIA[0-9A-Z]{8,24}/,
  password: /password["']?\s*[:=]\s*["'`][^"'`]{4,}/i,
  token: /token["']?\s*[:=]\s*["'`][0-9a-z+_.-]{8,}/i,
  secret: /secret["']?\s*[:=]\s*["'`][0-9a-z+_.-]{4,}/i,
  key: /(api|app|auth|consumer|master|private|outbound)[-_]?key["']?\s*[:=]\s*["'`][0-9a-z+_.-]{4,}/i,
  bearer: /bearer\s+[0-9a-z+_.-]{16,}/i,
};

export function secretViolations(app: AppPackage): Violation[] {
  const { check, violations } = newReport();
  for (const path of app.keys()) {
    if (!textEndings.test(path)) continue;
    const text = textOf(app, path) ?? '';
    for (const [kind, pattern] of Object.entries(secrets))
      check(!pattern.test(text), 'secret', `${path} seems to hold a ${kind}`);
  }
  return violations;
}

/** The words that Zendesk's scanner warns of wherever they stand, each with what surrounds it. */
export function secretWords(app: AppPackage): string[] {
  const words =
    /.{0,12}(password|secret|secretToken|secret_token|auth_key|authKey|auth_pass|authPass|auth_user|AuthUser|api_key).{0,12}/g;
  return [...app.keys()]
    .filter((path) => textEndings.test(path))
    .flatMap((path) => [...(textOf(app, path) ?? '').matchAll(words)].map(([found]) => found));
}
