import { describe, expect, it } from 'vitest';
import { cents, money } from '#tests/support/journal-builder.ts';
import { parseReply, repliesWithAmount } from './reply.ts';

describe('a reply', () => {
  it.each([
    ['approve LW-A2B3C4 25.00', '25.00'],
    ['APPROVE lw-a2b3c4 25.00', '25.00'],
    ['  Approve   LW-a2B3c4   $25  ', '$25'],
    ['\n\n approve LW-A2B3C4 25.00\nThanks!\n> decline LW-A2B3C4', '25.00'],
    ['  \n\t\napprove LW-A2B3C4 25.00', '25.00'],
    ['approve LW-A2B3C4 25.00  ', '25.00'],
    ['approve LW-A2B3C4: 25.00', '25.00'],
    ['approve LW-A2B3C4:25.00', '25.00'],
    ['approve LW-A2B3C4, 25.00', '25.00'],
    ['approve LW-A2B3C4 .50', '.50'],
    ['approve LW-A2B3C4 ,50', ',50'],
    ['approve LW-A2B3C4', ''],
    ['approve LW-A2B3C4.', ''],
    ['ａｐｐｒｏｖｅ ＬＷ－Ａ２Ｂ３Ｃ４ ２５', '25'],
    ['approve LW-A2B3C4 25.00\r\nsecond line', '25.00'],
  ])('%j approves', (text, amount) => {
    expect(parseReply(text)).toEqual({ verdict: 'approve', code: 'LW-A2B3C4', amount });
  });

  it.each([
    ['decline LW-A2B3C4 Already refunded.', 'Already refunded.'],
    ['Decline LW-A2B3C4: no, they were told', 'no, they were told'],
    ['decline LW-A2B3C4 :  Already refunded.  ', 'Already refunded.'],
    ['decline LW-A2B3C4', ''],
  ])('%j declines', (text, reason) => {
    expect(parseReply(text)).toEqual({ verdict: 'decline', code: 'LW-A2B3C4', reason });
  });

  it.each([
    '',
    'ok',
    '> approve LW-A2B3C4 25.00',
    '| approve LW-A2B3C4 25.00',
    'I approve LW-A2B3C4 25.00',
    'Hello\napprove LW-A2B3C4 25.00',
    'approve LW-A2B3C 25.00',
    'approve LW-A2B3C45 25.00',
    'approve LW-A2B3C45: 25.00',
    'approve LW-A2B3C4.50: 25.00',
    'approve LW-A2B3C0 25.00',
    'approve LW-A2B3CU 25.00',
    'approve A2B3C4 25.00',
    'approved LW-A2B3C4 25.00',
    'approve LW-A2B3C4,50',
    'approve LW-A2B3C4.50',
    "don't approve LW-A2B3C4 25.00",
  ])('%j is none', (text) => {
    expect(parseReply(text)).toBeNull();
  });

  it('names the right amount in any usual form', () => {
    const usd = money('USD');
    for (const typed of ['25.00', '25', '25,00', '$25', '25 USD', '٢٥']) {
      expect(repliesWithAmount(typed, cents(2500), usd)).toBe(true);
    }
    for (const typed of ['', '2.50', '250', '25.01', '2500', 'all of it', '-25']) {
      expect(repliesWithAmount(typed, cents(2500), usd)).toBe(false);
    }
  });
});
