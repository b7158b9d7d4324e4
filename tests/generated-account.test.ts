import { expect, it } from 'vitest';
import { settleGenerated } from '../bench/settle.ts';

const TICKETS = 10_000;
const AUDITS = 5;
/** One ticket in ten has a credit. */
const EVERY = 10;
const CREDITS = TICKETS / EVERY;

it('settles a generated account over HTTP, to the credit, in little memory, and once', async () => {
  const found = await settleGenerated({
    tickets: TICKETS,
    audits: AUDITS,
    every: EVERY,
    seed: 7,
    // Megabytes. Whoever keeps what was read runs out of it on a larger account: the bench has one.
    heap: 64,
  });
  expect(found).toMatchObject({
    audits: TICKETS * AUDITS,
    credits: CREDITS,
    payable: CREDITS - 2,
    verdicts: { payable: CREDITS - 2, 'not-payable': 1, ended: 1 },
    // Something is to be looked at the first time; the second run has nothing new to tell.
    settling: { counted: 1 },
    again: { counted: 0 },
  });
}, 300_000);
