import { createHash } from 'node:crypto';

/** Sorted keys, NFC, no white space: the one spelling over which digests are made. */
export function canonical(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.normalize('NFC'));
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value === 'object' && value !== null) {
    const members = value as Record<string, unknown>;
    const keys = Object.keys(members).sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(members[key])}`).join(',')}}`;
  }
  return JSON.stringify(value);
}

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** `LW-` and six characters, the digest's first 48 bits in base 30, lowest place first. */
export function codeOf(digest: string): string {
  const letters = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
  let rest = BigInt(`0x${digest.slice(0, 12)}`);
  let code = 'LW-';
  for (let place = 0; place < 6; place += 1) {
    code += letters[Number(rest % 30n)] ?? '';
    rest /= 30n;
  }
  return code;
}
