import type { CreditId } from '#domain/ids.ts';
import type { Repair } from '#use-cases/repair-slots.ts';
import type { Problem as JournalProblem } from '#domain/problem.ts';
import { all, valueOf } from '../shared/reading.ts';
import { problemKeys } from '../shared/refusal-keys.ts';
import { Failed } from '../shared/failed.tsx';
import { List, Quiet, Region, Skeleton, Stack } from '../shared/region.tsx';
import { Problem } from '../shared/notice.tsx';
import { useTexts } from '../shared/texts.ts';
import type { Announce } from '../shared/status.tsx';
import { CreditItem } from './credit-item.tsx';
import { ReplyNotices } from './reply-notices.tsx';
import { useNames } from './use-people.ts';
import { useReplies } from './use-replies.ts';
import type { TicketView } from './use-ticket.ts';

/** This ticket's credits as its journal proves them, and what in it does not count. */
export function CreditsRegion({
  view,
  repair,
  formOpen,
  announce,
  newest,
}: {
  readonly view: TicketView;
  readonly repair: Repair;
  readonly formOpen: boolean;
  readonly announce: Announce;
  /** Made just now by the viewer: where they look next. */
  readonly newest: CreditId | null;
}) {
  const { t } = useTexts();
  const replies = useReplies(view);
  const facts = all(view.ledger, view.people, view.inForce);
  const read = [...(valueOf(view.foundSlots) ?? []), ...(valueOf(view.ownSlots) ?? [])];
  // Both may hold the same slot: counted twice, it would be two co-signs.
  const slots = [...new Map(read.map((slot) => [slot.record, slot])).values()];
  const name = useNames(valueOf(view.people));
  if (facts.kind !== 'known') {
    return (
      <Region title={t('credits.title')} busy={facts.kind === 'reading'}>
        {facts.kind === 'reading' ? (
          <Skeleton lines={1} />
        ) : (
          <Failed what={t('credits.failed')} {...facts} />
        )}
      </Region>
    );
  }
  const [ledger, people, inForce] = facts.value;
  const around = {
    ledger,
    people,
    inForce,
    customer: view.customerId,
    slots,
    profile: valueOf(view.customer)?.customer ?? null,
    now: view.now,
    formOpen,
  };
  return (
    <Region title={t('credits.title')}>
      <Stack>
        {ledger.credits.length === 0 && <Quiet>{t('credits.none')}</Quiet>}
        {ledger.credits.length > 0 && (
          <List>
            {ledger.credits.toReversed().map((credit) => (
              <CreditItem
                key={credit.id}
                credit={credit}
                around={around}
                announce={announce}
                isNewest={credit.id === newest}
              />
            ))}
          </List>
        )}
        {ledger.problems.map((problem, index) => (
          <DoesNotCount
            key={`${problem.audit}-${String(index)}`}
            problem={problem}
            code={ledger.credits.find(({ id }) => id === problem.credit)?.code}
            name={name}
            view={view}
          />
        ))}
        <ReplyNotices replies={replies} name={name} />
        {repair.differences.map(({ credit, why }) => (
          <Problem key={`${credit.id}-${why}`} type="warning">
            {t(`difference.${why}`, { code: credit.code })}
          </Problem>
        ))}
      </Stack>
    </Region>
  );
}

function DoesNotCount({
  problem,
  code,
  name,
  view,
}: {
  readonly problem: JournalProblem;
  readonly code: string | undefined;
  readonly name: ReturnType<typeof useNames>;
  readonly view: TicketView;
}) {
  const { t, relative } = useTexts();
  const values = {
    code: code ?? '',
    name: problem.by === null ? t('problem.nobody') : name(problem.by),
    when: relative(problem.at, view.now),
    why: t(problemKeys[problem.code], {
      reasons: problem.reasons.map((reason) => t(`bandShort.${reason}`)).join(', '),
    }),
  };
  return (
    <Problem type="warning" title={t('problem.title')}>
      {t(code === undefined ? 'problem.aboutUnnamed' : 'problem.about', values)}
    </Problem>
  );
}
