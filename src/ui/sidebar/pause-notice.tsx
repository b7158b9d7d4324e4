import { useEffect, useState } from 'react';
import styled from 'styled-components';
import { Quiet } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';
import { useWorld } from './world.ts';

/** Says that all tabs wait for Zendesk, while they do. */
export function PauseNotice({ shown }: { readonly shown: boolean }) {
  const { t } = useTexts();
  const { pause } = useWorld();
  const [left, setLeft] = useState(() => pause.left());
  useEffect(() => {
    const look = (): void => {
      setLeft(pause.left());
    };
    if (shown) look();
    return pause.onChange(look);
  }, [pause, shown]);
  useEffect(() => {
    if (left === 0 || !shown) return;
    const timer = setTimeout(() => {
      setLeft(pause.left());
    }, left);
    return () => {
      clearTimeout(timer);
    };
  }, [left, pause, shown]);
  // An empty live region would be a second status beside the one that tells of steps.
  return left > 0 ? <Above role="status">{t('failed.pause')}</Above> : null;
}

const Above = styled(Quiet)`
  margin-bottom: 12px;
`;
