import { changeRole, suspendUser } from '#simulator/people-actions.ts';
import { maySeeTicket } from '#simulator/rights.ts';
import { openTicket, type Shown } from './deeds/opening.ts';
import { beginAffirm } from './deeds/publishing.ts';
import type { Tab } from './browser.ts';
import { anyTabOf, settleAll, tabOf, type World } from './world.ts';

const MINUTE = 60_000;

/** What a calm client sees at the end, ticket by ticket. */
export interface FinalView {
  /** By ticket, and when it was opened; null: it is deleted, so that nobody can open it. */
  readonly tickets: ReadonlyMap<string, (Shown & { readonly at: number }) | null>;
  /** What makers were told at their next start of asks that nobody had told them the end of. */
  readonly unfinished: readonly {
    readonly ticket: string;
    readonly credit: string;
    readonly user: string;
    readonly said: Shown['unfinished'];
  }[];
}

async function calmly<T>(world: World, tab: Tab, act: (tab: Tab) => Promise<T>): Promise<T> {
  let result: { readonly value: T } | null = null;
  let failure: unknown = null;
  act(tab).then(
    (value) => {
      result = { value };
    },
    (cause: unknown) => {
      failure = cause;
    },
  );
  for (;;) {
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
    const ended = result as { readonly value: T } | null;
    if (ended) return ended.value;
    if (failure) throw failure as Error;
    if (await world.network.deliver([tab.sender])) continue;
    const due = world.clock.nextDue();
    if (due === null) throw new Error('a calm client waits for nothing');
    await world.clock.passUntil(due);
  }
}

/** Every late write lands, every ask has had its time; then each ticket is opened until nothing is left to mend. */
export async function finalRound(world: World): Promise<FinalView> {
  const { zendesk, clock, cast } = world;
  await clock.passUntil(clock.now() + 45 * MINUTE);
  await settleAll(world);
  const admin = cast.admins[0] ?? 0;
  suspendUser(zendesk.world, admin, false);
  changeRole(zendesk.world, admin, 'admin');
  beginAffirm(world, anyTabOf(world, admin));
  await settleAll(world);
  const tickets = new Map<string, (Shown & { at: number }) | null>();
  for (const id of Object.keys(zendesk.state.tickets)) {
    const journal = (zendesk.state.audits[id] ?? []).some(
      ({ metadata }) => metadata.custom['leeway'] !== undefined,
    );
    const slots = Object.values(zendesk.state.records['leeway_credit'] ?? {}).some(
      ({ custom_object_fields: fields }) => fields['ticket'] === id,
    );
    if (!journal && !slots) continue;
    if (zendesk.state.tickets[id]?.deleted) {
      tickets.set(id, null);
      continue;
    }
    const shown = await openUntilStill(world, admin, Number(id));
    tickets.set(id, { ...shown, at: clock.now() });
  }
  return { tickets, unfinished: await tellUnfinished(world) };
}

async function openUntilStill(world: World, admin: number, ticket: number): Promise<Shown> {
  for (let openings = 1; ; openings += 1) {
    const tab = anyTabOf(world, admin);
    const shown = await calmly(world, tab, ({ context }) => openTicket(context, ticket));
    if (shown.moved === 0 && shown.cited === 0) return shown;
    if (openings === 30) {
      world.findings.push({ rule: 'stuck', what: `ticket ${String(ticket)} is never mended` });
      return shown;
    }
    // What was written is in the search by then.
    await world.clock.passUntil(world.clock.now() + 10_000);
  }
}

async function tellUnfinished(world: World): Promise<FinalView['unfinished']> {
  const { zendesk } = world;
  const said = [];
  for (const browser of world.browsers) {
    const user = zendesk.state.users[String(browser.user)];
    if (!user || user.role === 'end-user' || user.suspended) continue;
    for (const [id, ticket] of Object.entries(zendesk.state.tickets)) {
      const kept = browser.memory.read(`unfinished:${id}`) as { credit: string } | null;
      if (!kept || ticket.deleted || !maySeeTicket(zendesk.state, user, ticket)) continue;
      const open = () =>
        calmly(world, tabOf(world, browser), ({ context }) => openTicket(context, Number(id)));
      let shown = await open();
      if (shown.unfinished === 'waiting') {
        // A clock that was corrected meanwhile: it waits once more, and never for longer.
        await world.clock.passUntil(world.clock.now() + 12 * MINUTE);
        shown = await open();
      }
      said.push({
        ticket: id,
        credit: kept.credit,
        user: String(browser.user),
        said: shown.unfinished,
      });
    }
  }
  return said;
}
