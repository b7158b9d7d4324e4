import { DAY } from '#domain/instant.ts';
import type { Context } from './context.ts';

const KEY = 'slots-unique-since';

/**
 * Whether this account refuses a second record with the same external id, proven once a session by
 * trying: without that, a slot locks nothing, and nothing may be submitted.
 * @throws HelpdeskError when it can't be found out
 */
export async function slotsAreUnique({ helpdesk, memory, clock, me }: Context): Promise<boolean> {
  const since = memory.read(KEY);
  if (typeof since === 'number' && clock.now() - since < DAY && since <= clock.now()) return true;
  const unique = (await helpdesk.probe(me)) === 'unique';
  if (unique) memory.write(KEY, clock.now());
  return unique;
}
