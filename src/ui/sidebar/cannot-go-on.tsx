import styled from 'styled-components';
import { HelpdeskError } from '#zendesk/errors.ts';
import { Problem } from '../shared/notice.tsx';
import { Plain } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';

/**
 * What stands in the sidebar's place when it cannot go on. A part that did not load was most likely
 * replaced by a newer version: the page has to be loaded again, and nothing that was sent is lost.
 * Without Garden's Button: that may be what did not load.
 */
export function CannotGoOn({ error }: { readonly error: unknown }) {
  const { t } = useTexts();
  if (!(error instanceof HelpdeskError)) return <Problem>{t('host.broken')}</Problem>;
  return (
    <Problem>
      <Plain>{t(`failed.${error.code}`)}</Plain>
      <Again
        type="button"
        onClick={() => {
          window.location.reload();
        }}
      >
        {t('action.tryAgain')}
      </Again>
    </Problem>
  );
}

const Again = styled.button`
  margin-top: 8px;
  padding: 4px 12px;
  border: 1px solid currentColor;
  border-radius: ${({ theme }) => theme.borderRadii.md};
  background: none;
  color: inherit;
  font: inherit;
  cursor: pointer;
`;
