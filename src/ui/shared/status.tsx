import { getColor } from '@zendeskgarden/react-theming';
import styled from 'styled-components';
import type { Credit } from '#domain/credit.ts';

export interface Told {
  readonly text: string;
  readonly kind: 'progress' | 'success';
  /** The credit as it then stood: once more has happened to it, the text is of the past. */
  readonly about?: Credit | undefined;
}

/** Says what goes on where screen readers listen; null takes it away. */
export type Announce = (text: string | null, kind?: Told['kind'], about?: Credit) => void;

/** There from the start, so that what is put in later is read out, once. */
export function Status({ told }: { readonly told: Told | null }) {
  return (
    <Line role="status" $kind={told?.kind ?? 'progress'}>
      {told?.text}
    </Line>
  );
}

const Line = styled.div<{ $kind: Told['kind'] }>`
  color: ${({ theme, $kind }) =>
    getColor({
      theme,
      variable: $kind === 'success' ? 'foreground.success' : 'foreground.subtle',
    })};
  &:empty {
    /* Keeps its place in the accessibility tree, takes none in the layout. */
    margin-top: -12px;
  }
`;
