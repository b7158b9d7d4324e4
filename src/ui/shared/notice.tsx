import { getColor } from '@zendeskgarden/react-theming';
import type { ReactNode } from 'react';
import styled from 'styled-components';

type Kind = 'error' | 'warning';

/**
 * Something is wrong, or did not happen. Read out at once. In Garden's colours, but not its Alert:
 * what tells that nothing can be loaded has to be there before anything is, and small.
 */
export function Problem({
  title,
  children,
  type = 'error',
}: {
  readonly title?: string;
  readonly children?: ReactNode;
  readonly type?: Kind;
}) {
  return (
    <Box role="alert" $type={type}>
      {title !== undefined && <Title>{title}</Title>}
      {children}
    </Box>
  );
}

const tone = (type: Kind): 'danger' | 'warning' => (type === 'error' ? 'danger' : 'warning');

const Box = styled.div<{ $type: Kind }>`
  padding: 10px 12px;
  border: 1px solid ${({ theme, $type }) => getColor({ theme, variable: `border.${tone($type)}` })};
  border-inline-start-width: 4px;
  border-radius: ${({ theme }) => theme.borderRadii.md};
  background: ${({ theme, $type }) => getColor({ theme, variable: `background.${tone($type)}` })};
  color: ${({ theme, $type }) => getColor({ theme, variable: `foreground.${tone($type)}` })};
`;

const Title = styled.p`
  margin: 0;
  font-weight: ${({ theme }) => theme.fontWeights.semibold};
`;
