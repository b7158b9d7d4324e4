import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { DOUBTFUL_DAYS, type DoubtfulPast, playDoubtfulPast } from '#app/doubtful-past.ts';
import { openShop } from '#app/open-shop.ts';
import { runSettlement } from '#settlement/command.ts';
import { createManualClock } from '#simulator/clock.ts';
import { addToken } from '#simulator/people.ts';
import { staff } from '#simulator/scenarios/staff.ts';
import type { SimulatorState } from '#simulator/state.ts';
import { updateTicket } from '#simulator/ticket-update.ts';
import { viaOf } from '#simulator/audit-writer.ts';
import { createZendesk } from '#simulator/zendesk.ts';

const NOW = Date.UTC(2026, 10, 22, 10);
const DAY = 24 * 60 * 60_000;
const TOKEN = 'sesame-of-the-admin';

let text = '';
let past: DoubtfulPast;
let folder = '';

beforeAll(async () => {
  const state = await openShop(NOW - (DOUBTFUL_DAYS + 1) * DAY);
  past = await playDoubtfulPast(state, NOW);
  addToken(state, TOKEN, staff.ada.id, ['read']);
  addToken(state, 'of-an-agent', staff.ana.id, ['read']);
  text = JSON.stringify(state);
}, 60_000);

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'settle-'));
});

afterEach(() => rm(folder, { recursive: true }));

/** The doubtful shop, and the command on it. `die` ends the run's connection after so many requests. */
function openDesk() {
  const clock = createManualClock(NOW);
  const zendesk = createZendesk({ state: JSON.parse(text) as SimulatorState, clock });
  const said: string[] = [];
  let left = Infinity;
  async function leeway(command: 'settle' | 'verify', more: readonly string[], token = TOKEN) {
    said.length = 0;
    const from = zendesk.log.length;
    const args = ['--subdomain', 'pedal-and-pine', ...more];
    const code = await runSettlement(command, args, {
      env: { LEEWAY_ZENDESK_TOKEN: token },
      now: () => clock.now(),
      sleep: (ms) => clock.advance(ms),
      fetch: (input, init) => {
        left -= 1;
        if (left < 0) throw new RangeError('the machine died here');
        return zendesk.handle(new Request(input as URL, init));
      },
      stdout: (piece) => void said.push(piece),
      stderr: (piece) => void said.push(piece),
      watched: false,
    });
    const requests = zendesk.log.slice(from).map(({ path: to }) => to.replace(/\?.*/, ''));
    return { code, said: said.join(''), requests };
  }
  const die = (after: number): void => {
    left = after;
  };
  return { clock, zendesk, leeway, die };
}

const file = (name: string): string => path.join(folder, name);

interface Line {
  readonly id: string;
  readonly verdict: string;
  readonly reasons: string;
  readonly amount_minor: number | null;
}

const linesIn = async (name: string): Promise<readonly Line[]> =>
  (await readFile(file(name), 'utf8'))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);

const SINCE = ['--since', '2026-11-17'];
const settleTo = (name: string): readonly string[] => [
  ...SINCE,
  '--state',
  file('state'),
  '--format',
  'ndjson',
  '--out',
  file(name),
];

/** Lea reverses a credit, as her client would. @returns its ticket */
function reverse({ state, world }: ReturnType<typeof openDesk>['zendesk'], id: string) {
  const journalOf = (ticket: number) => JSON.stringify(state.audits[String(ticket)]);
  const ticket = Object.values(state.tickets).find((each) => journalOf(each.id).includes(id));
  const lea = state.users[String(staff.lea.id)];
  const terms = /\\"terms\\":(\{[^}]*\})/.exec(journalOf(ticket?.id ?? 0))?.[1];
  if (!ticket || !lea || !terms) throw new Error('the shop has no such credit');
  const event = {
    type: 'reverse',
    id: 'reverse-by-lea',
    credit: id,
    as: 'lead',
    terms: JSON.parse(terms.replaceAll('\\"', '"')) as unknown,
    reason: 'Sent twice.',
  };
  updateTicket(
    world,
    ticket,
    lea,
    {
      comment: { body: 'Reversed.', public: false },
      metadata: { leeway: JSON.stringify({ v: 1, events: [event] }) },
    },
    { via: viaOf('api') },
  );
  return { ticket, lea };
}

describe('leeway settle on a shop with a doubtful past', () => {
  it('names each forgery and accident exactly, and pays what is good', async () => {
    const { leeway } = openDesk();
    const { code } = await leeway('settle', settleTo('out'));
    expect(code).toBe(1);
    const lines = await linesIn('out');
    const verdicts = Object.fromEntries(
      Object.entries(past.credits).map(([name, id]) => {
        const line = lines.find((one) => one.id === id);
        return [name, line && `${line.verdict} ${line.reasons}`.trim()];
      }),
    );
    expect(verdicts).toEqual({
      good: 'payable',
      'signer-unfit': 'not-payable signer-unfit',
      'first-of-crossed': 'payable',
      crossed: 'not-payable crossed',
      'slot-changed': 'not-payable slot-changed',
      'slot-missing': 'not-payable slot-missing',
      'ticket-deleted': undefined,
      'slot-shared': 'not-payable slot-shared',
      'under-budget': 'payable',
      'also-under-budget': 'payable',
      'over-budget': 'not-payable over-budget',
      held: 'held',
    });
    const findings = lines.filter(({ verdict }) => verdict === 'finding');
    expect(findings.map(({ reasons }) => reasons)).toEqual([
      'ticket-deleted',
      'slot-without-journal',
      'event-checker-is-maker',
    ]);
  });

  it('hands each credit over once, and a second run costs what changed', async () => {
    const { leeway, clock } = openDesk();
    const first = await leeway('settle', settleTo('one'));
    await clock.advance(5 * 60_000);
    const second = await leeway('settle', settleTo('two'));
    expect(second.code).toBe(0);
    expect(await readdir(folder)).not.toContain('two');
    expect(second.said).toContain('told before still stand');
    const audits = (paths: readonly string[]) => paths.filter((to) => to.endsWith('/audits'));
    expect(audits(first.requests).length).toBeGreaterThan(15);
    expect(audits(second.requests)).toEqual([]);
    // The held one is payable a day later, alone.
    await clock.advance(DAY);
    await leeway('settle', settleTo('three'));
    const payable = (await linesIn('three')).filter(({ verdict }) => verdict === 'payable');
    expect(payable.map(({ id }) => id)).toEqual([past.credits['held']]);
  });

  it('goes on where it died, at whatever request, and loses or doubles no line', async () => {
    const whole = openDesk();
    const { requests } = await whole.leeway('settle', settleTo('whole'));
    const expected = await linesIn('whole');
    await rm(file('state'));
    for (const after of [3, 9, 14, 20, requests.length - 2]) {
      const { leeway, die, clock } = openDesk();
      die(after);
      const died = await leeway('settle', settleTo(`died-${String(after)}`));
      expect(died.code).toBe(2);
      expect(await readdir(folder)).not.toContain(`died-${String(after)}`);
      die(Infinity);
      await clock.advance(5 * 60_000);
      const again = await leeway('settle', settleTo(`out-${String(after)}`));
      expect(await linesIn(`out-${String(after)}`)).toEqual(expected);
      const audits = again.requests.filter((to) => to.endsWith('/audits')).length;
      // Time has passed: what is to be paid is read once more, and nothing else.
      const payable = expected.filter(({ verdict }) => verdict === 'payable');
      if (after === requests.length - 2) expect(audits).toBe(payable.length);
      await rm(file('state'));
    }
  }, 30_000);

  it('finishes a file that was complete when it died, and hands nothing over again', async () => {
    const { leeway } = openDesk();
    await leeway('settle', settleTo('out'));
    const lines = await readFile(file('out'), 'utf8');
    // As it was between the state and the file's second name.
    const state = await readFile(file('state'), 'utf8');
    const { createHash } = await import('node:crypto');
    const body = state
      .trimEnd()
      .split('\n')
      .slice(0, -1)
      .map((line, place) =>
        place === 0
          ? JSON.stringify({
              ...(JSON.parse(line) as object),
              output: { from: `${file('out')}.draft`, to: file('out') },
            })
          : line,
      )
      .join('\n');
    const sha256 = createHash('sha256').update(`${body}\n`).digest('hex');
    await writeFile(file('state'), `${body}\n${JSON.stringify({ sha256 })}\n`);
    await writeFile(file('out.draft'), lines);
    await rm(file('out'));
    expect((await leeway('settle', settleTo('next'))).code).toBe(0);
    expect(await readFile(file('out'), 'utf8')).toBe(lines);
    expect(await readdir(folder)).toEqual(['out', 'state']);
  });

  it('does not write over a file that finance may not have read', async () => {
    const { leeway } = openDesk();
    await writeFile(file('out'), 'something else');
    const { code, said } = await leeway('settle', settleTo('out'));
    expect(code).toBe(2);
    expect(said).toContain('is there already');
    expect(await readFile(file('out'), 'utf8')).toBe('something else');
  });

  it('refuses a state that was cut off, altered, or is another account’s', async () => {
    const { leeway } = openDesk();
    await leeway('settle', settleTo('out'));
    const whole = await readFile(file('state'), 'utf8');
    for (const broken of [whole.slice(0, -30), whole.replace('"payable"', '"held"'), 'x']) {
      await writeFile(file('state'), broken);
      expect((await leeway('settle', settleTo('next'))).code).toBe(2);
    }
    await writeFile(file('state'), whole);
    const other = await leeway('settle', [...settleTo('next'), '--url', 'http://localhost:1']);
    expect(other.code).toBe(2);
  });

  it('pays what an admin confirmed, and nothing that no word can mend', async () => {
    const { leeway } = openDesk();
    const ids = Object.values(past.credits);
    await writeFile(file('confirmed'), `# by Ada, today\n${ids.join('\n')}\n`);
    await leeway('settle', [...settleTo('out'), '--confirmed', file('confirmed')]);
    const lines = await linesIn('out');
    const names = Object.entries(past.credits).flatMap(([name, id]) =>
      lines.some((line) => line.id === id && line.verdict === 'payable') ? [name] : [],
    );
    expect(names).toEqual([
      'good',
      'signer-unfit',
      'first-of-crossed',
      'crossed',
      'slot-changed',
      'slot-missing',
      'under-budget',
      'also-under-budget',
    ]);
  });

  it('takes money back that was handed over: a negative line with its own id, once', async () => {
    const { leeway, clock, zendesk } = openDesk();
    await leeway('settle', settleTo('one'));
    const id = past.credits['good'] ?? '';
    reverse(zendesk, id);
    await clock.advance(5 * 60_000);
    await leeway('settle', settleTo('two'));
    const lines = await linesIn('two');
    expect(lines.map((line) => [line.id, line.verdict, line.amount_minor])).toEqual([
      [`${id}.reversal`, 'reversal', -1500],
      [id, 'ended', 1500],
    ]);
    await clock.advance(5 * 60_000);
    expect((await leeway('settle', settleTo('three'))).code).toBe(0);
    expect(await readdir(folder)).not.toContain('three');
  });

  it('pays nothing that was reversed on a ticket which the export leaves out: it changed just now', async () => {
    const { leeway, clock, zendesk } = openDesk();
    await leeway('settle', settleTo('one'));
    const id = past.credits['held'] ?? '';
    expect((await linesIn('one')).find((line) => line.id === id)?.verdict).toBe('held');
    await clock.advance(26 * 60 * 60_000);
    const { ticket, lea } = reverse(zendesk, id);
    await clock.advance(10 * 60_000);
    const comment = { body: 'Did it arrive?', public: false };
    updateTicket(zendesk.world, ticket, lea, { comment }, { via: viaOf('web') });
    await clock.advance(5_000);
    await leeway('settle', settleTo('two'));
    expect((await linesIn('two')).find((line) => line.id === id)?.verdict).toBe('ended');
  });

  it('settles one ticket alone as it settles it among all others', async () => {
    const { leeway, zendesk } = openDesk();
    const id = past.credits['over-budget'] ?? '';
    const ticket = Object.keys(zendesk.state.audits).find((one) =>
      JSON.stringify(zendesk.state.audits[one]).includes(id),
    );
    const { code, said } = await leeway('settle', ['--ticket', ticket ?? '', '--format', 'ndjson']);
    expect(code).toBe(1);
    expect(JSON.parse(said.split('\n')[0] ?? '')).toMatchObject({ id, reasons: 'over-budget' });
  });
});

describe('leeway verify', () => {
  it('lists all, and leaves the state as it was', async () => {
    const { leeway } = openDesk();
    await leeway('settle', settleTo('out'));
    const state = await readFile(file('state'), 'utf8');
    const { said, code } = await leeway('verify', [...SINCE, '--state', file('state')]);
    expect(code).toBe(1);
    expect(said).toContain('over-budget');
    expect(await readFile(file('state'), 'utf8')).toBe(state);
  });
});

describe('what cannot be finished', () => {
  it.each([
    ['an unknown token', 'nobody-has-this', /does not know the token/],
    ['an agent’s token', 'of-an-agent', /has to be an admin/],
    ['no token', '', /LEEWAY_ZENDESK_TOKEN is not set/],
  ])('ends with 2 and hands nothing over: %s', async (_what, token, sentence) => {
    const { leeway } = openDesk();
    const { code, said } = await leeway('settle', settleTo('out'), token);
    expect(code).toBe(2);
    expect(said).toMatch(sentence);
    expect(said).toContain('Nothing was handed over');
    if (token !== '') expect(said).not.toContain(token);
    expect(await readdir(folder)).not.toContain('out');
  });

  it.each([
    [['--since', 'yesterday'], /no date/],
    [[], /--since is needed/],
    [['--since', '2026-11-01', '--format', 'xml'], /--format/],
    [['--since', '2026-11-01', '--token', 'x'], /token/],
  ])('says how it is called: %j', async (args, sentence) => {
    const { leeway } = openDesk();
    const { code, said } = await leeway('settle', args);
    expect(code).toBe(2);
    expect(said).toMatch(sentence);
  });
});
