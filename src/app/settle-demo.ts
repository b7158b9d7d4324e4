import { addToken } from '#simulator/people.ts';
import { createRunningClock } from '#simulator/clock.ts';
import { staff } from '#simulator/scenarios/staff.ts';
import { startServer } from '#simulator/server.ts';
import { createZendesk } from '#simulator/zendesk.ts';
import { DOUBTFUL_DAYS, playDoubtfulPast } from './doubtful-past.ts';
import { openShop } from './open-shop.ts';
import { main } from './settlement-command.ts';

/**
 * `npm run settle:demo`: the shop with a doubtful past, settled over HTTP by the command as finance
 * runs it. Nothing is kept, and nothing else listens on its port.
 */
const TOKEN = 'a-token-of-the-pretend-account';
const DAY = 24 * 60 * 60_000;

const clock = createRunningClock();
const state = await openShop(clock.now() - (DOUBTFUL_DAYS + 1) * DAY);
await playDoubtfulPast(state, clock.now());
addToken(state, TOKEN, staff.ada.id, ['read']);
const noFiles = () => Promise.resolve(undefined);
const server = await startServer({
  zendesk: createZendesk({ state, clock }),
  clock,
  port: 0,
  hostFiles: noFiles,
  appFiles: noFiles,
});
process.env['LEEWAY_ZENDESK_TOKEN'] = TOKEN;
const since = new Date(clock.now() - (DOUBTFUL_DAYS + 10) * DAY).toISOString().slice(0, 10);
await main(['settle', '--url', server.hostUrl, '--since', since, '--format', 'text']);
await server.close();
