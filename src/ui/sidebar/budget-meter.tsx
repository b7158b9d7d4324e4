import { getColor } from '@zendeskgarden/react-theming';
import styled from 'styled-components';
import { plainAmount } from '#domain/money.ts';
import type { OwnBudget } from '#use-cases/own-budget.ts';
import { useTexts } from '../shared/texts.ts';

/** The budget as a bar: what is posted solid, what is reserved striped, so that colour is not needed. */
export function BudgetMeter({ budget }: { readonly budget: OwnBudget }) {
  const { t, money } = useTexts();
  const { limit, posted, reserved, over, currency } = budget;
  const whole = Math.max(limit, posted + reserved, 1);
  const share = (part: number): string => `${String((part / whole) * 100)}%`;
  const inMajor = (minor: typeof limit): number => Number(plainAmount({ minor, currency }));
  const text = t('budget.valueText', {
    posted: money(posted, currency),
    reserved: money(reserved, currency),
    limit: money(limit, currency),
  });
  return (
    <Track
      role="meter"
      aria-label={t('budget.meter')}
      aria-valuemin={0}
      aria-valuemax={inMajor(limit)}
      aria-valuenow={Math.min(inMajor(posted) + inMajor(reserved), inMajor(limit))}
      aria-valuetext={text}
    >
      <Posted $over={over > 0} style={{ width: share(posted) }} />
      <Reserved $over={over > 0} style={{ width: share(reserved) }} />
    </Track>
  );
}

const Track = styled.div`
  display: flex;
  height: 10px;
  border-radius: 5px;
  overflow: hidden;
  background: ${({ theme }) => getColor({ theme, variable: 'background.subtle' })};
  /* The bar's own end must be seen, also in forced colours, which drop backgrounds. */
  border: 1px solid ${({ theme }) => getColor({ theme, variable: 'border.emphasis' })};
  forced-color-adjust: none;
`;

const fill = ({
  $over,
  theme,
}: {
  $over: boolean;
  theme: Parameters<typeof getColor>[0]['theme'];
}) => getColor({ theme, variable: $over ? 'border.dangerEmphasis' : 'border.successEmphasis' });

const Posted = styled.span<{ $over: boolean }>`
  background: ${fill};
`;

const Reserved = styled.span<{ $over: boolean }>`
  background: repeating-linear-gradient(135deg, ${fill} 0 3px, transparent 3px 6px);
`;

/** The same two patterns beside their words. */
export const PostedKey = styled(Posted)`
  display: inline-block;
  width: 10px;
  height: 10px;
  border-radius: 2px;
  forced-color-adjust: none;
`;

export const ReservedKey = styled(Reserved)`
  display: inline-block;
  width: 10px;
  height: 10px;
  border-radius: 2px;
  border: 1px solid ${fill};
  box-sizing: border-box;
  forced-color-adjust: none;
`;
