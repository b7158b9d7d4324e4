import styled from 'styled-components';
import { whyNobodyAsks } from '#use-cases/may-ask.ts';
import { ownBudget, type OwnBudget } from '#use-cases/own-budget.ts';
import { all, valueOf } from '../shared/reading.ts';
import { Plain, Quiet, Region, Row, Skeleton, Stack } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';
import { BudgetMeter, PostedKey, ReservedKey } from './budget-meter.tsx';
import type { TicketView } from './use-ticket.ts';
import { useWorld } from './world.ts';

/** How much the agent may still give. */
export function BudgetRegion({ view }: { readonly view: TicketView }) {
  const { t } = useTexts();
  const facts = all(view.inForce, view.people);
  return (
    <Region title={t('budget.title')} busy={facts.kind === 'reading'}>
      <BudgetBody view={view} />
    </Region>
  );
}

function BudgetBody({ view }: { readonly view: TicketView }) {
  const { t } = useTexts();
  const { context, Failed } = useWorld();
  const terms = all(view.inForce, view.people);
  if (terms.kind === 'reading') return <Skeleton lines={3} />;
  if (terms.kind === 'failed') return <Failed what={t('budget.termsFailed')} {...terms} />;
  const [inForce, people] = terms.value;
  const me = people.get(context.me);
  // Those whom nothing is granted here have no figure; why is said beside the button's place.
  if (whyNobodyAsks(me, inForce) || !me || !inForce?.terms) return null;
  const slots = view.ownSlots;
  if (slots.kind === 'reading') return <Skeleton lines={3} />;
  if (slots.kind === 'failed') return <Failed what={t('budget.failed')} {...slots} />;
  const budget = ownBudget(
    me,
    view.groups,
    slots.value,
    valueOf(view.ledger),
    inForce.terms,
    view.now,
  );
  return budget ? <Figures budget={budget} /> : <Plain>{t('budget.tierUnknown')}</Plain>;
}

function Figures({ budget }: { readonly budget: OwnBudget }) {
  const { t, money, day } = useTexts();
  const { currency, left, limit, over, posted, reserved, tier } = budget;
  const values = {
    left: money(left, currency),
    limit: money(limit, currency),
    over: money(over, currency),
  };
  return (
    <Stack>
      <Left>{t(over > 0 ? 'budget.over' : 'budget.left', values)}</Left>
      <BudgetMeter budget={budget} />
      <Row as={Quiet}>
        <Key>
          <PostedKey $over={over > 0} aria-hidden />
          {t('budget.posted', { amount: money(posted, currency) })}
        </Key>
        <Key>
          <ReservedKey $over={over > 0} aria-hidden />
          {t('budget.reserved', { amount: money(reserved, currency) })}
        </Key>
      </Row>
      <Quiet>
        {t(`budget.ends.${budget.period}`, { date: day(budget.endsAt) })}
        {tier !== null && ` · ${t('budget.tier', { name: tier })}`}
      </Quiet>
    </Stack>
  );
}

const Left = styled.p`
  margin: 0;
  font-size: ${({ theme }) => theme.fontSizes.lg};
  font-weight: ${({ theme }) => theme.fontWeights.semibold};
  font-variant-numeric: tabular-nums;
`;

const Key = styled.span`
  display: inline-flex;
  align-items: center;
  gap: 6px;
`;
