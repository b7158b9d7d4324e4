import { Button } from '@zendeskgarden/react-buttons';
import type { Credit } from '#domain/credit.ts';
import type { BudgetDoubt } from '#use-cases/budget-doubts.ts';
import { Problem } from '../shared/notice.tsx';
import { Plain, Stack } from '../shared/region.tsx';
import { type Texts, useTexts } from '../shared/texts.ts';

/** What a co-signer should see of the maker's budget first. They may approve despite it. */
export function Doubts({
  credit,
  doubts,
  maker,
  disabled,
  onApprove,
}: {
  readonly credit: Credit;
  readonly doubts: readonly BudgetDoubt[];
  readonly maker: string;
  readonly disabled: boolean;
  readonly onApprove: () => void;
}) {
  const texts = useTexts();
  const { t } = texts;
  return (
    <Problem type="warning" title={t('doubt.title', { code: credit.code })}>
      <Stack>
        {doubts.map((doubt) => (
          <Plain key={doubt.kind}>{doubtText(doubt, credit, maker, texts)}</Plain>
        ))}
        <div>
          <Button size="small" disabled={disabled} onClick={onApprove}>
            {t('action.approveDespite')}
          </Button>
        </div>
      </Stack>
    </Problem>
  );
}

function doubtText(
  doubt: BudgetDoubt,
  { offer }: Credit,
  maker: string,
  { t, money }: Texts,
): string {
  const { currency } = offer.amount;
  switch (doubt.kind) {
    case 'used-more':
      return t('doubt.used-more', {
        maker,
        attested: money(doubt.attested, currency),
        found: money(doubt.found, currency),
      });
    case 'slots-missing':
      return t('doubt.slots-missing', { maker, count: doubt.numbers.length });
    case 'slot-missing':
    case 'slot-differs':
      return t(`doubt.${doubt.kind}`);
  }
}
