import { Button } from '@zendeskgarden/react-buttons';
import { getColor } from '@zendeskgarden/react-theming';
import { Suspense, useRef, useState } from 'react';
import styled from 'styled-components';
import { Skeleton } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';
import type { TicketPartsProps } from './ticket-parts.tsx';
import { useWorld } from './world.ts';

/** The way to the limits, at the sidebar's foot, and the limits once they are asked for. */
export function LimitsFoot({ view, isAdmin }: TicketPartsProps) {
  const { t } = useTexts();
  const { LimitsRegion } = useWorld();
  const opener = useRef<HTMLButtonElement>(null);
  const [limitsOpen, setLimitsOpen] = useState(false);
  return (
    <>
      <Foot>
        <Button
          ref={opener}
          size="small"
          isBasic
          aria-expanded={limitsOpen}
          onClick={() => {
            setLimitsOpen(!limitsOpen);
          }}
        >
          {t('action.limits')}
        </Button>
      </Foot>
      {limitsOpen && (
        <Suspense fallback={<Skeleton lines={6} />}>
          <LimitsRegion
            view={view}
            isAdmin={isAdmin}
            onClose={() => {
              setLimitsOpen(false);
              opener.current?.focus();
            }}
          />
        </Suspense>
      )}
    </>
  );
}

const Foot = styled.div`
  padding-top: 8px;
  border-top: 1px solid ${({ theme }) => getColor({ theme, variable: 'border.subtle' })};
`;
