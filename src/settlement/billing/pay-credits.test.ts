import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Currency } from '#domain/currencies.ts';
import type { TicketId, UserId } from '#domain/ids.ts';
import type { Instant } from '#domain/instant.ts';
import { createCsvPayer } from './csv-payer.ts';
import { readCsv } from './csv-file.ts';
import { LedgerError } from './paid-ledger.ts';
import { type CreditToPay, payCredits, type PayingOptions } from './pay-credits.ts';
import { type Payer, PayerError } from './payer.ts';
import { createScriptedPayer } from './scripted-payer.ts';

const NOW = Date.UTC(2026, 10, 22, 10) as Instant;

const credit = (id: string, changes: Partial<CreditToPay> = {}): CreditToPay => ({
  id,
  ticket: '1087' as TicketId,
  customer: `90${id.replaceAll(/\D/g, '')}` as UserId,
  minor: 2500,
  currency: 'USD' as Currency,
  description: 'Goodwill credit LW-ABCDEF',
  reverses: null,
  ...changes,
});

let folder: string;
let ledgerFile: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'leeway-pay-'));
  ledgerFile = path.join(folder, 'paid.ndjson');
});
afterEach(() => rm(folder, { recursive: true }));

const run = (lines: readonly CreditToPay[], payer: Payer, changes: Partial<PayingOptions> = {}) =>
  payCredits(lines, {
    payer,
    ledgerFile,
    payerIds: (customers) =>
      Promise.resolve(new Map([...customers].map((customer) => [customer, `cus_${customer}`]))),
    confirmed: new Set(),
    now: () => NOW,
    ...changes,
  });

const idsOf = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);

describe('paying', () => {
  it('pays each line once, however often it runs', async () => {
    const payer = createScriptedPayer();
    const lines = [credit('credit-1'), credit('credit-2')];
    expect(idsOf((await run(lines, payer)).paid)).toEqual(['credit-1', 'credit-2']);
    const again = await run([...lines, credit('credit-3')], payer);
    expect(idsOf(again.paid)).toEqual(['credit-3']);
    expect(idsOf(again.already)).toEqual(['credit-1', 'credit-2']);
    expect(idsOf(payer.payments)).toEqual(['credit-1', 'credit-2', 'credit-3']);
  });

  it('finds at the payer what was paid though the answer was lost', async () => {
    const payer = createScriptedPayer();
    payer.mishaps.push({ kind: 'lost-answer', error: new PayerError('outcome-unknown', 'lost') });
    const { paid, exceptions } = await run([credit('credit-1')], payer);
    expect(idsOf(paid)).toEqual(['credit-1']);
    expect(exceptions).toEqual([]);
    expect(payer.payments).toHaveLength(1);
  });

  it('looks before it pays again what the run before left unknown, at the customer of then', async () => {
    const payer = createScriptedPayer();
    payer.mishaps.push({ kind: 'lost-answer', error: new PayerError('outcome-unknown', 'lost') });
    payer.findFails = null;
    const find = payer.find.bind(payer);
    let looks = 0;
    const blind: Payer = {
      ...payer,
      find: (line) => ((looks += 1), looks <= 2 ? Promise.resolve(null) : find(line)),
    };
    const first = await run([credit('credit-1')], blind);
    expect(first.exceptions).toEqual([{ id: 'credit-1', problem: 'outcome-unknown' }]);
    const second = await run([credit('credit-1')], payer, {
      payerIds: () => Promise.resolve(new Map([['901' as UserId, 'cus_other']])),
      confirmed: new Set(['credit-1']),
    });
    expect(idsOf(second.paid)).toEqual(['credit-1']);
    expect(payer.payments).toHaveLength(1);
  });

  it('does not pay anew when the ledger was lost, as long as the payer knows the line', async () => {
    const payer = createScriptedPayer();
    await run([credit('credit-1')], payer);
    await rm(ledgerFile);
    expect(idsOf((await run([credit('credit-1')], payer)).paid)).toEqual(['credit-1']);
    expect(payer.payments).toHaveLength(1);
  });

  it('tries again what was refused, and says why it was', async () => {
    const payer = createScriptedPayer();
    const error = new PayerError('other-currency-at-payer', 'eur');
    payer.mishaps.push({ kind: 'refused', error });
    const first = await run([credit('credit-1'), credit('credit-2')], payer);
    expect(first.exceptions).toEqual([{ id: 'credit-1', problem: 'other-currency-at-payer' }]);
    expect(idsOf(first.paid)).toEqual(['credit-2']);
    expect(idsOf((await run([credit('credit-1')], payer)).paid)).toEqual(['credit-1']);
  });

  it('stops where every other line would fail as well, and says what is left', async () => {
    const payer = createScriptedPayer();
    payer.mishaps.push({ kind: 'refused', error: new PayerError('rate-limited', 'slow down') });
    const { stopped, left, exceptions } = await run(
      [credit('credit-1'), credit('credit-2')],
      payer,
    );
    expect({ stopped, left, exceptions }).toEqual({
      stopped: 'rate-limited',
      left: ['credit-1', 'credit-2'],
      exceptions: [],
    });
    payer.findFails = new PayerError('payer-unavailable', 'down');
    expect((await run([credit('credit-1')], payer)).stopped).toBe('payer-unavailable');
    expect(payer.payments).toEqual([]);
  });

  it('does not pay a credit under its id again when its amount is another', async () => {
    const payer = createScriptedPayer();
    await run([credit('credit-1')], payer);
    const { exceptions } = await run([credit('credit-1', { minor: 2600 })], payer);
    expect(exceptions).toEqual([{ id: 'credit-1', problem: 'differs-from-ledger' }]);
  });

  it('leaves to one payer what another began', async () => {
    const payer = createScriptedPayer();
    const lost = new PayerError('outcome-unknown', 'lost');
    payer.mishaps.push({ kind: 'refused', error: lost });
    await run([credit('credit-1')], payer);
    const other = createScriptedPayer('another');
    const { exceptions } = await run([credit('credit-1')], other);
    expect(exceptions).toEqual([{ id: 'credit-1', problem: 'begun-at-other-payer' }]);
    expect(other.payments).toEqual([]);
  });
});

describe("a customer's id at the payer", () => {
  it('is not guessed: missing, malformed and shared ones are exceptions', async () => {
    const payer = createScriptedPayer();
    const ids = new Map<UserId, string | null>([
      ['901' as UserId, null],
      ['902' as UserId, 'nonsense'],
      ['903' as UserId, 'cus_same'],
      ['904' as UserId, 'cus_same'],
    ]);
    const lines = [1, 2, 3, 4, 5].map((number) => credit(`credit-${String(number)}`));
    const { exceptions, paid } = await run(lines, payer, { payerIds: () => Promise.resolve(ids) });
    expect(exceptions.map(({ problem }) => problem)).toEqual([
      'customer-without-payer-id',
      'payer-id-malformed',
      'payer-id-shared',
      'payer-id-shared',
      'customer-without-payer-id',
    ]);
    expect(paid).toEqual([]);
  });

  it('that somebody changed, or took from another customer, is paid when an admin confirms it', async () => {
    const payer = createScriptedPayer();
    await run([credit('credit-1')], payer);
    const customer = '901' as UserId;
    const changed = { payerIds: () => Promise.resolve(new Map([[customer, 'cus_new']])) };
    const taken = { payerIds: () => Promise.resolve(new Map([['902' as UserId, 'cus_901']])) };
    const next = credit('credit-1b', { customer });
    expect((await run([next], payer, changed)).exceptions).toEqual([
      { id: 'credit-1b', problem: 'payer-id-changed' },
    ]);
    expect((await run([credit('credit-2')], payer, taken)).exceptions).toEqual([
      { id: 'credit-2', problem: 'payer-id-shared' },
    ]);
    const confirmed = new Set(['credit-1b']);
    expect(idsOf((await run([next], payer, { ...changed, confirmed })).paid)).toEqual([
      'credit-1b',
    ]);
  });
});

describe('a reversal', () => {
  const reversal = credit('credit-1.reversal', {
    minor: -2500,
    customer: '901' as UserId,
    reverses: 'credit-1',
  });

  it('takes back from where the credit went, once, whatever the customer is called today', async () => {
    const payer = createScriptedPayer();
    await run([credit('credit-1')], payer);
    const nobody = { payerIds: () => Promise.resolve(new Map<UserId, string>()) };
    await run([reversal], payer, nobody);
    await run([reversal], payer, nobody);
    expect(payer.payments.map(({ minor, customerAtPayer }) => [minor, customerAtPayer])).toEqual([
      [2500, 'cus_901'],
      [-2500, 'cus_901'],
    ]);
  });

  it('of what was never paid takes nothing', async () => {
    const payer = createScriptedPayer();
    const { exceptions } = await run([reversal], payer);
    expect(exceptions).toEqual([{ id: 'credit-1.reversal', problem: 'credit-not-paid' }]);
  });

  it('of another amount takes nothing', async () => {
    const payer = createScriptedPayer();
    await run([credit('credit-1')], payer);
    const { exceptions } = await run([{ ...reversal, minor: -9900 }], payer);
    expect(exceptions).toEqual([{ id: 'credit-1.reversal', problem: 'differs-from-ledger' }]);
  });
});

describe('the paid ledger', () => {
  it('is whole again after a crash cut off its last line, and says so', async () => {
    const payer = createScriptedPayer();
    await run([credit('credit-1')], payer);
    const whole = await readFile(ledgerFile, 'utf8');
    await appendFile(ledgerFile, '{"v":1,"at":"2026');
    const { hadTornLine, already } = await run([credit('credit-1')], payer);
    expect(hadTornLine).toBe(true);
    expect(idsOf(already)).toEqual(['credit-1']);
    expect(await readFile(ledgerFile, 'utf8')).toBe(whole);
  });

  it('that somebody changed pays nothing', async () => {
    const payer = createScriptedPayer();
    await run([credit('credit-1')], payer);
    const [intended = '', paid = ''] = (await readFile(ledgerFile, 'utf8')).split('\n');
    for (const text of ['nonsense\n', `${paid}\n`, `${intended}\n${paid}\n${intended}\n`]) {
      await writeFile(ledgerFile, text);
      await expect(run([credit('credit-2')], payer)).rejects.toMatchObject({ code: 'unreadable' });
    }
    expect(payer.payments).toHaveLength(1);
  });

  it('belongs to one run at a time', async () => {
    const payer = createScriptedPayer();
    let second: unknown = null;
    await run([credit('credit-1')], payer, {
      async payerIds() {
        second = await run([credit('credit-1')], payer).catch((error: unknown) => error);
        return new Map([['901' as UserId, 'cus_901']]);
      },
    });
    expect(second).toBeInstanceOf(LedgerError);
    expect(second).toMatchObject({ code: 'busy' });
    expect(payer.payments).toHaveLength(1);
  });

  it('is free again when the run that had it is dead', async () => {
    const payer = createScriptedPayer();
    const lock = { host: hostname(), pid: 2 ** 22 + 1, began: '1' };
    await writeFile(`${ledgerFile}.lock-4194305-abcdefabcdef`, JSON.stringify(lock));
    const reused = { ...lock, pid: process.pid, began: 'another time' };
    await writeFile(`${ledgerFile}.lock-1-abcdefabcdef`, JSON.stringify(reused));
    expect(idsOf((await run([credit('credit-1')], payer)).paid)).toEqual(['credit-1']);
    expect(await readdir(folder)).toEqual(['paid.ndjson']);
  });

  it('stays taken by a run on another machine', async () => {
    const lock = { host: 'elsewhere', pid: 1, began: null };
    await writeFile(`${ledgerFile}.lock-0-abcdefabcdef`, JSON.stringify(lock));
    await expect(run([], createScriptedPayer())).rejects.toMatchObject({ code: 'busy' });
  });
});

describe('the file for finance', () => {
  const csv = () => createCsvPayer({ folder: path.join(folder, 'billing'), now: () => NOW });
  const shown = async () => {
    const names = (await readdir(path.join(folder, 'billing'))).filter((name) => !/^\./.test(name));
    const files = names.map((name) => readFile(path.join(folder, 'billing', name), 'utf8'));
    return (await Promise.all(files)).map((text) => readCsv(text).slice(1));
  };
  beforeEach(() => mkdir(path.join(folder, 'billing')));

  it('is a new one for each run that has something new, reversals as negative lines', async () => {
    await run([credit('credit-1')], csv());
    await run([credit('credit-1')], csv());
    const reversal = { ...credit('credit-1'), id: 'credit-1.reversal', minor: -2500 };
    await run([credit('credit-1'), { ...reversal, reverses: 'credit-1' }], csv());
    const files = await shown();
    expect(files.map((rows) => rows.map(([id, kind, , amount]) => [id, kind, amount]))).toEqual([
      [['credit-1.reversal', 'reversal', '-25.00']],
      [['credit-1', 'credit', '25.00']],
    ]);
  });

  it('shows only when the ledger has its lines, and then lists none of them twice', async () => {
    const payer = csv();
    const crash = { ...payer, finish: () => Promise.reject(new Error('crash')) };
    await expect(run([credit('credit-1')], crash)).rejects.toThrow('crash');
    expect(await shown()).toEqual([]);
    const result = await run([credit('credit-1'), credit('credit-2')], csv());
    expect(idsOf(result.already)).toEqual(['credit-1']);
    expect((await shown()).flat().map(([id]) => id)).toHaveLength(2);
  });

  it('counts what a run wrote that died before the ledger heard of it', async () => {
    const payer = csv();
    const crash: Payer = {
      ...payer,
      pay: async (lines) => {
        await payer.pay(lines);
        throw new Error('crash');
      },
    };
    await expect(run([credit('-credit-1')], crash)).rejects.toThrow('crash');
    const result = await run([], csv());
    expect(idsOf(result.paid)).toEqual(['-credit-1']);
    await run([credit('-credit-1')], csv());
    expect((await shown()).flat()).toHaveLength(1);
  });
});
