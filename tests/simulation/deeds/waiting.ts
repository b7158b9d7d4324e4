import { beginAsk } from './asking.ts';
import { beginOpen } from './opening.ts';
import { browsersOf, settleAll, tabOf, type World } from '../world.ts';

const MINUTE = 60_000;

/**
 * A maker asks, hears nothing, and looks again and again by whatever clock their browser has, in the same
 * page or one just loaded, while the ask is still on its way.
 */
export async function askIntoSilence(world: World): Promise<void> {
  const { chance, cast, tickets, clock, network, weather, zendesk } = world;
  await settleAll(world);
  const { write, read } = weather;
  weather.write = 0;
  weather.read = 0;
  const ticket = chance.pick(tickets);
  const browser = chance.pick(browsersOf(world, chance.pick(cast.makers)));
  zendesk.faults.add({
    match: { method: 'PUT', path: `/tickets/${String(ticket)}`, times: 1 },
    fault: { kind: 'late', ms: chance.whole(MINUTE, 14 * MINUTE) },
  });
  beginAsk(world, tabOf(world, browser), ticket, { amount: 1 });
  await settleAll(world);
  zendesk.faults.clear();
  for (let looks = 5; looks > 0; looks -= 1) {
    await clock.passUntil(clock.now() + chance.whole(10_000, 4 * MINUTE));
    // A page just loaded knows nothing of what Zendesk's answers said of its clock.
    if (chance.percent(50)) for (const { sender } of browser.tabs) network.close(sender);
    beginOpen(world, tabOf(world, browser), ticket);
    await settleAll(world);
  }
  weather.write = write;
  weather.read = read;
}
