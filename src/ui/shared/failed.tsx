import { Button } from '@zendeskgarden/react-buttons';
import type { ReactNode } from 'react';
import styled from 'styled-components';
import type { HelpdeskErrorCode } from '#zendesk/errors.ts';
import { Problem } from './notice.tsx';
import { Plain, Stack } from './region.tsx';
import { useTexts } from './texts.ts';

export interface FailedProps {
  readonly what: string;
  readonly code: HelpdeskErrorCode;
  readonly retry: () => void;
}

/** Something could not be read: what, why, and a way to try again. */
export function Failed({ what, code, retry }: FailedProps) {
  const { t } = useTexts();
  return (
    <Problem title={what}>
      <TryAgain retry={retry}>{t(`failed.${code}`)}</TryAgain>
    </Problem>
  );
}

/** What is shown was read before, and could not be read again. */
export function Outdated({ code, retry }: Omit<FailedProps, 'what'>) {
  const { t } = useTexts();
  return (
    <Above>
      <Problem type="warning">
        <TryAgain retry={retry}>{t('failed.refresh', { why: t(`failed.${code}`) })}</TryAgain>
      </Problem>
    </Above>
  );
}

/** It stands above all that it speaks of. */
const Above = styled.div`
  margin-bottom: 12px;
`;

function TryAgain({
  retry,
  children,
}: {
  readonly retry: () => void;
  readonly children: ReactNode;
}) {
  const { t } = useTexts();
  return (
    <Stack>
      <Plain>{children}</Plain>
      <div>
        <Button size="small" onClick={retry}>
          {t('action.tryAgain')}
        </Button>
      </div>
    </Stack>
  );
}
