import { getColor } from '@zendeskgarden/react-theming';
import { createContext, type ReactNode, useContext, useId } from 'react';
import styled, { keyframes } from 'styled-components';
import { useTexts } from './texts.ts';

/**
 * Whether the regions inside may be seen yet. What stands below a region whose height is not known yet
 * waits, unseen, so that nothing moves under anybody's pointer.
 */
const RevealedContext = createContext(true);
export const Revealed = RevealedContext.Provider;

/** A named part of the sidebar. */
export function Region({
  title,
  busy = false,
  children,
}: {
  readonly title: string;
  readonly busy?: boolean;
  readonly children: ReactNode;
}) {
  const id = useId();
  const revealed = useContext(RevealedContext);
  return (
    <Section aria-labelledby={id} aria-busy={busy} hidden={!revealed}>
      <Heading id={id}>{title}</Heading>
      {children}
    </Section>
  );
}

const Section = styled.section`
  padding: 12px 0;
  border-top: 1px solid ${({ theme }) => getColor({ theme, variable: 'border.subtle' })};
  &:first-of-type {
    border-top: 0;
    padding-top: 0;
  }
`;

const Heading = styled.h2`
  margin: 0 0 8px;
  font-size: ${({ theme }) => theme.fontSizes.md};
  font-weight: ${({ theme }) => theme.fontWeights.semibold};
`;

export const Stack = styled.div<{ $gap?: number }>`
  display: flex;
  flex-direction: column;
  align-items: stretch;
  gap: ${({ $gap = 8 }) => String($gap)}px;
`;

export const Row = styled.div`
  display: flex;
  flex-wrap: wrap;
  align-items: baseline;
  gap: 4px 8px;
`;

export const Between = styled(Row)`
  justify-content: space-between;
`;

export const Quiet = styled.p`
  margin: 0;
  color: ${({ theme }) => getColor({ theme, variable: 'foreground.subtle' })};
  font-size: ${({ theme }) => theme.fontSizes.sm};
  line-height: ${({ theme }) => theme.lineHeights.sm};
`;

export const Plain = styled.p`
  margin: 0;
`;

export const Strong = styled.p`
  margin: 0;
  font-weight: ${({ theme }) => theme.fontWeights.semibold};
`;

export const List = styled.ul`
  margin: 0;
  padding: 0;
  list-style: none;
  display: flex;
  flex-direction: column;
  gap: 8px;
`;

/** Seen by screen readers alone. */
export const Unseen = styled.span`
  position: absolute;
  width: 1px;
  height: 1px;
  overflow: hidden;
  clip-path: inset(50%);
  white-space: nowrap;
`;

const appear = keyframes`from { opacity: 0; } to { opacity: 1; }`;

const Bar = styled.div`
  height: 16px;
  border-radius: 4px;
  background: ${({ theme }) => getColor({ theme, variable: 'background.emphasis' })};
  opacity: 0.16;
`;

const Bars = styled.div`
  display: flex;
  flex-direction: column;
  gap: 8px;
  /* What is read at once flashes no grey. */
  animation: ${appear} 0s 200ms backwards;
`;

/** As many lines as the text that will stand there, so that nothing moves when it comes. */
export function Skeleton({ lines }: { readonly lines: number }) {
  const { t } = useTexts();
  return (
    <Bars>
      <Unseen>{t('reading')}</Unseen>
      {Array.from({ length: lines }, (_, line) => (
        <Bar key={line} style={{ width: line % 2 === 0 ? '70%' : '45%' }} />
      ))}
    </Bars>
  );
}
