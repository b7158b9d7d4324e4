import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { HelpdeskError, type HelpdeskErrorCode } from '#zendesk/errors.ts';

type Fresh =
  | { readonly kind: 'reading' }
  | { readonly kind: 'fresh' }
  | { readonly kind: 'failed'; readonly code: HelpdeskErrorCode; readonly retry: () => void };

/** Reads the terms and one's own slots again when the form opens: what it decides by must not be old. */
export function useFreshFacts(): Fresh {
  const client = useQueryClient();
  const [state, setState] = useState<'reading' | 'fresh' | HelpdeskErrorCode>('reading');
  const [round, setRound] = useState(0);
  const retry = useCallback(() => {
    setState('reading');
    setRound((before) => before + 1);
  }, []);
  useEffect(() => {
    let gone = false;
    const read = async (): Promise<void> => {
      const keys = [['terms'], ['own-slots']];
      await Promise.all(
        keys.map((queryKey) =>
          client.refetchQueries({ queryKey, type: 'active' }, { cancelRefetch: false }),
        ),
      );
      if (gone) return;
      const errors = keys
        .flatMap((queryKey) => client.getQueryCache().findAll({ queryKey, type: 'active' }))
        .map(({ state: { error } }) => error)
        .filter((error) => error instanceof HelpdeskError);
      setState(errors[0]?.code ?? 'fresh');
    };
    void read();
    return () => {
      gone = true;
    };
  }, [client, round]);
  if (state === 'reading' || state === 'fresh') return { kind: state };
  return { kind: 'failed', code: state, retry };
}
