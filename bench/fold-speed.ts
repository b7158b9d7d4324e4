import * as v from 'valibot';
import { createSimulatedSession } from '#app/simulated-session.ts';
import { openShop } from '#app/open-shop.ts';
import { fold } from '#domain/fold.ts';
import { type Instant, instantFromIso } from '#domain/instant.ts';
import { judgeTerms } from '#domain/terms.ts';
import { createRunningClock } from '#simulator/clock.ts';
import { staff } from '#simulator/scenarios/staff.ts';
import { createZendesk } from '#simulator/zendesk.ts';
import { wireAudit } from '#zendesk/audit-wire.ts';
import { type Bench, median } from './figure.ts';

const AUDITS = 100_000;
const RUNS = 7;

const answer = v.object({ audits: v.array(wireAudit) });
const shape = v.object({ audits: v.array(v.unknown()) });

/**
 * Folds the pretend shop's tickets again and again, 100,000 audits in all, and compares with what
 * parsing the JSON of the same audits takes: reading them cannot cost less than that.
 */
export const foldSpeed: Bench = async () => {
  const clock = createRunningClock();
  const zendesk = createZendesk({ state: await openShop(clock.now()), clock });
  const { helpdesk } = createSimulatedSession(zendesk, clock, staff.ada.id, 'bench');
  const records = await helpdesk.readTermsRecords();
  const history = judgeTerms(records, (id) => id === String(staff.ada.id));
  const now = instantFromIso(new Date(clock.now()).toISOString()) as Instant;

  const tickets: { readonly text: string; readonly audits: number }[] = [];
  for (const id of Object.keys(zendesk.state.tickets)) {
    const response = await zendesk.handle(
      new Request(`http://shop/api/v2/tickets/${id}/audits.json?page[size]=100`, {
        headers: { 'x-simulator-user': String(staff.ada.id) },
      }),
    );
    if (!response.ok) continue;
    const text = await response.text();
    tickets.push({ text, audits: v.parse(shape, JSON.parse(text)).audits.length });
  }
  const texts: string[] = [];
  for (let audits = 0; audits < AUDITS;) {
    for (const ticket of tickets) {
      texts.push(ticket.text);
      audits += ticket.audits;
    }
  }

  let credits = 0;
  const times = Array.from({ length: RUNS }, () => {
    const parsing = timed(() => texts.map((text) => JSON.parse(text) as unknown));
    const checking = timed(() => parsing.made.map((page) => v.parse(answer, page).audits));
    const folding = timed(() => checking.made.map((audits) => fold(audits, history, now)));
    credits = folding.made.reduce((sum, ledger) => sum + ledger.credits.length, 0);
    return { parsing: parsing.ms, checking: checking.ms, folding: folding.ms };
  });
  if (credits === 0) throw new Error('the folded tickets held no credit');
  const ratio = (of: (time: (typeof times)[number]) => number): number =>
    median(times.map((time) => of(time) / time.parsing));
  return [
    {
      what: `folding ${String(AUDITS)} audits, ${String(credits)} credits, over JSON.parse of them`,
      value: ratio(({ folding }) => folding),
      unit: '×',
      limit: 5,
    },
    {
      what: 'checking their shape and folding them, over JSON.parse',
      value: ratio(({ checking, folding }) => checking + folding),
      unit: '×',
      limit: 5,
    },
  ];
};

function timed<Made>(make: () => Made): { readonly made: Made; readonly ms: number } {
  const start = performance.now();
  const made = make();
  return { made, ms: performance.now() - start };
}
