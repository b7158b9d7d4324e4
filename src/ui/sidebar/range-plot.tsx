import { getColor } from '@zendeskgarden/react-theming';
import styled from 'styled-components';
import type { Minor } from '#domain/money.ts';
import { isUsual, type UsualRange } from '#domain/precedents.ts';

/** From where to where is drawn: all that was given, and what is typed. */
export const scaleOf = ({ smallest, largest }: UsualRange, typed: Minor | null) => ({
  from: Math.min(smallest, typed ?? smallest) as Minor,
  to: Math.max(largest, typed ?? largest) as Minor,
});

/** Room at both ends for a dot's half. In percent of the width. */
const MARGIN = 3;

/**
 * The amounts that were given as dots on a line, the usual range as a bar around the middle half, and
 * the amount being typed as a needle. It runs as one reads: in Arabic from the right.
 * @param label says in words what is drawn
 */
export function RangePlot({
  amounts,
  range,
  typed,
  label,
}: {
  readonly amounts: readonly Minor[];
  readonly range: UsualRange;
  readonly typed: Minor | null;
  readonly label: string;
}) {
  const { from, to } = scaleOf(range, typed);
  const place = (amount: number): number =>
    to === from ? 50 : MARGIN + ((100 - 2 * MARGIN) * (amount - from)) / (to - from);
  const percent = (value: number): string => `${value.toFixed(2)}%`;
  const width = place(range.high) - place(range.low);
  return (
    <Drawing role="img" aria-label={label} width="100%" height="30">
      <Line x1={percent(MARGIN)} x2={percent(100 - MARGIN)} y1="19" y2="19" />
      <Bar
        // Where all gave the same, it is still there to be seen.
        x={percent(place(range.low) - 1)}
        width={percent(width + 2)}
        y="11"
        height="16"
        rx="3"
      />
      {[...new Set(amounts)].map((amount) => (
        <Dot key={amount} cx={percent(place(amount))} cy="19" r="3" />
      ))}
      {typed !== null && (
        <svg x={percent(place(typed))} overflow="visible">
          <Needle d="M -5 0 h 10 l -4 8 v 21 h -2 v -21 z" $usual={isUsual(range, typed)} />
        </svg>
      )}
    </Drawing>
  );
}

const Drawing = styled.svg`
  display: block;
  [dir='rtl'] & {
    transform: scaleX(-1);
  }
`;

const Line = styled.line`
  stroke: ${({ theme }) => getColor({ theme, variable: 'border.emphasis' })};
`;

const Bar = styled.rect`
  fill: ${({ theme }) => getColor({ theme, variable: 'background.subtle' })};
  stroke: ${({ theme }) => getColor({ theme, variable: 'border.primaryEmphasis' })};
  stroke-width: 1.5;
`;

const Dot = styled.circle`
  fill: ${({ theme }) => getColor({ theme, variable: 'foreground.subtle' })};
`;

const Needle = styled.path<{ $usual: boolean }>`
  fill: ${({ theme, $usual }) =>
    getColor({ theme, variable: $usual ? 'foreground.success' : 'foreground.warning' })};
  @media (forced-colors: active) {
    fill: CanvasText;
  }
`;
