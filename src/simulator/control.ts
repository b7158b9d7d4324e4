import * as v from 'valibot';
import { actions } from './actions.ts';
import { Refusal } from './refusal.ts';
import type { MovableClock } from './clock.ts';
import type { SimulatorState } from './state.ts';
import type { Zendesk } from './zendesk.ts';

const scalar = v.union([v.null(), v.boolean(), v.number(), v.string()]);

const faultSchema = v.strictObject({
  match: v.strictObject({
    method: v.exactOptional(v.string()),
    path: v.exactOptional(v.string()),
    user: v.exactOptional(v.number()),
    times: v.exactOptional(v.number()),
  }),
  fault: v.variant('kind', [
    v.strictObject({
      kind: v.literal('status'),
      status: v.number(),
      body: v.exactOptional(v.unknown()),
      headers: v.exactOptional(v.record(v.string(), v.string())),
    }),
    v.strictObject({ kind: v.literal('lost-before') }),
    v.strictObject({ kind: v.literal('lost-after') }),
    v.strictObject({ kind: v.literal('late'), ms: v.number() }),
    v.strictObject({ kind: v.literal('slow'), ms: v.number() }),
    v.strictObject({ kind: v.literal('malformed') }),
  ]),
  skip: v.exactOptional(v.number()),
});

const settingsSchema = v.strictObject({ settings: v.record(v.string(), scalar) });
const clockSchema = v.strictObject({ advance_ms: v.pipe(v.number(), v.minValue(0)) });

interface ControlOptions {
  zendesk: Zendesk;
  clock: MovableClock;
  /** The state that a reset goes back to. */
  initial: () => SimulatorState;
}

const json = (status: number, body: unknown) => Response.json(body, { status });

/** Server-sent events, one for each change; a comment line at once opens the stream. */
function eventStream(zendesk: Zendesk): Response {
  const encoder = new TextEncoder();
  let stop = () => {
    /* Replaced as soon as the stream starts. */
  };
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      controller.enqueue(encoder.encode(': open\n\n'));
      stop = zendesk.subscribe((event) => {
        controller.enqueue(encoder.encode(`data: ${JSON.stringify(event)}\n\n`));
      });
    },
    cancel() {
      stop();
    },
  });
  return new Response(stream, {
    headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store' },
  });
}

function saveSettings(zendesk: Zendesk, body: unknown): Response {
  const app = zendesk.state.installed_app;
  if (app === null) return json(409, { error: 'No app is installed.' });
  app.settings = {
    title: app.settings['title'] ?? app.name,
    ...v.parse(settingsSchema, body).settings,
  };
  zendesk.world.emit({ type: 'settings.updated' });
  return json(200, { settings: app.settings });
}

async function answer(options: ControlOptions, request: Request, url: URL): Promise<Response> {
  const { zendesk, clock, initial } = options;
  const operation = `${request.method} ${url.pathname.replace(/^\/simulator/, '')}`;
  const text = await request.text();
  const body: unknown = text === '' ? {} : JSON.parse(text);
  switch (operation) {
    case 'GET /state':
      return json(200, zendesk.state);
    case 'GET /log': {
      const entries = zendesk.log.filter(
        (entry) => entry.n >= Number(url.searchParams.get('since') ?? 0),
      );
      return json(200, { entries, next: zendesk.log.length });
    }
    case 'GET /faults':
      return json(200, { faults: zendesk.faults.list() });
    case 'POST /faults':
      zendesk.faults.add(v.parse(faultSchema, body));
      return json(201, { faults: zendesk.faults.list() });
    case 'DELETE /faults':
      zendesk.faults.clear();
      return json(200, { faults: [] });
    case 'POST /reset':
      zendesk.reset(initial());
      return json(200, {});
    case 'PUT /settings':
      return saveSettings(zendesk, body);
    case 'GET /clock':
      return json(200, { now_ms: clock.now() });
    case 'POST /clock':
      await clock.advance(v.parse(clockSchema, body).advance_ms);
      zendesk.world.emit({ type: 'clock.advanced' });
      return json(200, { now_ms: clock.now() });
    case 'GET /events':
      return eventStream(zendesk);
  }
  const name = /^POST \/actions\/(.+)$/.exec(operation)?.[1];
  const action = name === undefined ? undefined : actions[name];
  if (action === undefined)
    return json(404, { error: `There is no ${operation}.`, actions: Object.keys(actions) });
  return json(200, { done: action(zendesk.world, body) ?? null });
}

/**
 * What stands under `/simulator/`: looking into the state and the log, setting faults, settings and
 * the clock, and what people do by other means than the app. Mistakes are answered by 400 with a
 * sentence.
 */
export async function handleControl(options: ControlOptions, request: Request): Promise<Response> {
  const url = new URL(request.url);
  try {
    return await answer(options, request, url);
  } catch (error) {
    if (error instanceof Refusal) return json(error.status, error.body);
    return json(400, { error: error instanceof Error ? error.message : String(error) });
  }
}
