import * as v from 'valibot';
import type { Transport } from './transport.ts';
import { parseAnswer } from './wire.ts';

const PATH = '/api/v2/locales';

const answer = v.object({
  locales: v.array(v.object({ locale: v.string(), default: v.nullish(v.boolean(), false) })),
});

/**
 * The language that the account itself is in, such as `de`: the one marked as default among those it
 * has switched on, else the only one. Zendesk answers with the mark, but its reference does not name
 * it, so the answer is read without it, too.
 * @returns null where several are switched on and none is marked
 * @throws HelpdeskError
 */
export async function readAccountLocale(transport: Transport): Promise<string | null> {
  const read = await transport.send({ method: 'GET', path: PATH, kind: 'read' });
  const { locales } = parseAnswer(answer, read, PATH);
  const marked = locales.find(({ default: isDefault }) => isDefault);
  return (marked ?? (locales.length === 1 ? locales[0] : undefined))?.locale ?? null;
}
