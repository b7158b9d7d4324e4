import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** What canonical JSON can hold. Numbers are whole: money and counts never need more. */
export type Canonical =
  string | number | boolean | null | readonly Canonical[] | { readonly [key: string]: Canonical };

/** SHA-256 in lower-case hex, 64 characters. */
export type Digest = string;

/**
 * JSON with one spelling: keys sorted by code unit, no white space, every text in Unicode NFC.
 * Two clients that mean the same thing write the same bytes.
 * @throws RangeError for a number that is not a safe integer (a program error: floats have many spellings)
 */
export function canonicalJson(value: Canonical): string {
  if (typeof value === 'string') return JSON.stringify(value.normalize('NFC'));
  if (typeof value === 'number') {
    if (!Number.isSafeInteger(value)) throw new RangeError(`not a safe integer: ${String(value)}`);
    // -0 and 0 are one number and must have one spelling: String writes `0` for both.
    return String(value);
  }
  if (value === null || typeof value === 'boolean') return String(value);
  if (isList(value)) return `[${value.map(canonicalJson).join(',')}]`;
  const members = Object.entries(value)
    .map(([key, member]): [string, Canonical] => [key.normalize('NFC'), member])
    .sort(([one], [other]) => (one < other ? -1 : Number(one > other)))
    .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`);
  return `{${members.join(',')}}`;
}

const isList = (value: Canonical): value is readonly Canonical[] => Array.isArray(value);

/** SHA-256 of the text's UTF-8 bytes, in lower-case hex. */
export const digestOf = (text: string): Digest => bytesToHex(sha256(utf8ToBytes(text)));
