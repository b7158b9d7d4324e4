import { useQuery } from '@tanstack/react-query';
import type { UserId } from '#domain/ids.ts';
import type { Terms } from '#domain/terms.ts';
import type { NextTerms, TermsChange } from '#use-cases/publish-terms.ts';
import { List, Plain, Stack } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';
import { useWorld } from '../sidebar/world.ts';
import { MemberChange, peopleMoved } from './member-change.tsx';
import { STARTS_NEW_BUDGETS } from './terms-sentences.ts';

/** What publishing would change, member by member: what would hold, and what holds now. */
export function Changes({
  changes,
  from,
  next,
}: {
  readonly changes: readonly TermsChange[];
  readonly from: Terms | null;
  readonly next: NextTerms;
}) {
  const { t } = useTexts();
  const { context } = useWorld();
  // People of the draft, and of limits long ago, may be nobody whom this browser has read yet.
  const moved = peopleMoved(from, next);
  const ids = [...new Set([...next.leads, ...(from?.leads ?? []), ...moved])].slice(0, 100);
  const people = useQuery({
    queryKey: ['draft-people', ...ids],
    queryFn: () => context.people.get(ids),
    staleTime: Infinity,
  });
  const name = (id: UserId): string => people.data?.get(id)?.name ?? id;
  if (changes.length === 0) return null;
  return (
    <Stack>
      <Plain>{t(from ? 'limits.changes' : 'limits.draft')}</Plain>
      <List>
        {changes.map(({ member }) => (
          <li key={member}>
            <MemberChange member={member} from={from} to={next} was="limits.from" name={name} />
          </li>
        ))}
      </List>
      {from && changes.some(({ member }) => STARTS_NEW_BUDGETS.has(member)) && (
        <Plain>{t('limits.newBudgets')}</Plain>
      )}
    </Stack>
  );
}
