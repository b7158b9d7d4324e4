import type { GroupId, UserId } from '#domain/ids.ts';
import type { Terms } from '#domain/terms.ts';
import type { Context } from './context.ts';

/** The groups of somebody, read only where a tier depends on them. */
export async function groupsThatMatter(
  { helpdesk }: Context,
  terms: Terms,
  user: UserId,
): Promise<readonly GroupId[]> {
  if (terms.tiers.every(({ group }) => group === null)) return [];
  return (await helpdesk.readGroupsOf(user)).map(({ id }) => id);
}
