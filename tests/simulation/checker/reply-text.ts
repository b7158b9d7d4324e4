/** What a private reply's first line says: the verdict, the code, and what follows it. */
export interface ReplyLine {
  readonly verdict: 'approve' | 'decline';
  readonly code: string;
  readonly rest: string;
}

export function replyLine(text: string): ReplyLine | null {
  const first = text.split('\n').find((line) => line.trim() !== '');
  const words = (first ?? '').trim().split(/\s+/);
  const [verb = '', code = '', ...rest] = words;
  const verdict = verb.toLowerCase();
  if (verdict !== 'approve' && verdict !== 'decline') return null;
  if (!/^LW-[0-9A-Z]{6}$/i.test(code)) return null;
  return { verdict, code: code.toUpperCase(), rest: rest.join(' ') };
}

/** The forms of an amount that the run's people type: `25`, `25.00`, `25,00`, `$25`, `25 USD`. */
export function saysAmount(rest: string, minor: number, digits: number): boolean {
  const bare = rest.replace(/[$\s]|USD|JPY|KWD|EUR/gi, '').replace(',', '.');
  if (!/^\d+(\.\d+)?$/.test(bare)) return false;
  const [whole = '0', fraction = ''] = bare.split('.');
  if (fraction.length > digits) return false;
  return BigInt(whole + fraction.padEnd(digits, '0')) === BigInt(minor);
}

export const DIGITS: Readonly<Record<string, number>> = { USD: 2, EUR: 2, JPY: 0, KWD: 3 };
