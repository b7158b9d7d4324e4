import type { Told } from '../checker/told.ts';
import { replyByMobile } from '#simulator/reply-actions.ts';
import { anyTabOf, browsersOf, finish, gather, settleAll, tabOf, type World } from '../world.ts';
import { beginAsk, limitsFor, slotsHold, termsNow } from './asking.ts';
import { beginStep, someChecker, waitingCredits } from './deciding.ts';
import { beginOpen } from './opening.ts';
import { replyText } from './replying.ts';

/** For a race everybody is quick: a few writes fall into one second of Zendesk's. */
async function quickly(world: World, race: () => Promise<void>): Promise<void> {
  const pace = world.weather.pace;
  world.weather.pace = world.chance.pick([10, 60, 400]);
  await race();
  await settleAll(world);
  world.weather.pace = pace;
}

/** Two browsers of one maker ask for what only one of them can have. */
export async function spendTheLast(world: World): Promise<boolean> {
  const { chance, cast, tickets } = world;
  const maker = chance.pick(cast.makers);
  const terms = termsNow(world);
  if (!terms) return false;
  const { budget, cosign } = limitsFor(world, terms, maker);
  const left = budget - slotsHold(world, maker, terms);
  if (left < 2) return false;
  const amount = Math.min(left, Math.max(Math.floor(left / 2) + 1, Math.min(cosign, left)));
  await quickly(world, async () => {
    const both = browsersOf(world, maker).map((browser) =>
      beginAsk(world, tabOf(world, browser), chance.pick(tickets), { amount }),
    );
    await gather(
      world,
      both.filter((told) => told !== null),
    );
  });
  return true;
}

/** Two people decide one credit at the same moment. */
export async function decideAtOnce(world: World): Promise<boolean> {
  const { chance, cast } = world;
  const credits = waitingCredits(world);
  if (credits.length === 0) return false;
  const credit = chance.pick(credits);
  const maker = Number(credit.request.offer.maker);
  const others = [...cast.makers, ...cast.leads, ...cast.admins].filter((id) => id !== maker);
  const [one = 0, other = 0, third = 0] = [someChecker(world, credit), ...chance.some(others, 3)];
  await quickly(world, async () => {
    const deeds: Told[] = [beginStep(world, anyTabOf(world, one), credit, { type: 'approve' })];
    const against = chance.weighted([
      [5, 'approve'],
      [5, 'withdraw'],
      [2, 'decline'],
    ] as const);
    if (against === 'approve') {
      deeds.push(beginStep(world, anyTabOf(world, other), credit, { type: 'approve' }));
      if (chance.percent(30)) {
        deeds.push(beginStep(world, anyTabOf(world, third), credit, { type: 'approve' }));
      }
    } else if (against === 'withdraw') {
      deeds.push(beginStep(world, anyTabOf(world, maker), credit, { type: 'withdraw' }));
    } else {
      const decline = { type: 'decline', reason: 'Not now.' } as const;
      deeds.push(beginStep(world, anyTabOf(world, someChecker(world, credit)), credit, decline));
    }
    await gather(world, deeds);
  });
  return true;
}

/** Somebody approves while the request runs out. */
export async function approveAtExpiry(world: World): Promise<boolean> {
  const { chance, clock } = world;
  const credits = waitingCredits(world);
  if (credits.length === 0) return false;
  const credit = chance.pick(credits);
  await settleAll(world);
  await clock.passUntil(Math.max(clock.now(), credit.expires - chance.whole(0, 2_500)));
  await quickly(world, async () => {
    const checker = someChecker(world, credit);
    const deeds = [beginStep(world, anyTabOf(world, checker), credit, { type: 'approve' })];
    await gather(world, deeds);
    if (chance.percent(50)) await clock.passUntil(clock.now() + chance.whole(0, 3_000));
    if (chance.percent(60)) {
      deeds.push(
        beginOpen(world, anyTabOf(world, someChecker(world, credit)), Number(credit.ticket)),
      );
    }
  });
  return true;
}

/** A colleague answers by phone, and three clients find the answer at once. */
export async function citeAtOnce(world: World): Promise<boolean> {
  const { chance, cast, zendesk } = world;
  const credits = waitingCredits(world);
  if (credits.length === 0) return false;
  const credit = chance.pick(credits);
  const user_id = someChecker(world, credit);
  const user = zendesk.state.users[String(user_id)];
  const ticket_id = Number(credit.ticket);
  if (!user || user.role === 'end-user' || user.suspended) return false;
  const text = replyText(world, credit, true);
  replyByMobile(zendesk.world, { ticket_id, user_id, text, public: false });
  await quickly(world, async () => {
    const readers = chance.some([...cast.makers, ...cast.leads, ...cast.admins], 3);
    const deeds = readers.map((reader) => beginOpen(world, anyTabOf(world, reader), ticket_id));
    await gather(world, deeds);
  });
  return true;
}

/** A credit is posted, a lead reverses it, and another colleague's approval arrives on top. */
export async function reverseUnderApproval(world: World): Promise<boolean> {
  const { chance, cast } = world;
  const credits = waitingCredits(world).filter(({ band }) => band === 'peer');
  const lead = Number(chance.pick(termsNow(world)?.leads ?? ['0']));
  if (credits.length === 0 || lead === 0) return false;
  const credit = chance.pick(credits);
  const maker = Number(credit.request.offer.maker);
  const others = [...cast.makers, ...cast.leads, ...cast.admins].filter(
    (id) => id !== maker && id !== lead,
  );
  const [late = 0] = chance.some(others, 1);
  await quickly(world, async () => {
    const second = beginStep(world, anyTabOf(world, late), credit, { type: 'approve' });
    await gather(world, [second]);
    const approver = maker === lead ? late : lead;
    await finish(world, beginStep(world, anyTabOf(world, approver), credit, { type: 'approve' }));
    const reverse = beginStep(world, anyTabOf(world, lead), credit, {
      type: 'reverse',
      reason: 'Fraud.',
    });
    if (chance.percent(50)) await finish(world, reverse);
    else await gather(world, [reverse]);
  });
  return true;
}
