import { Alert } from '@zendeskgarden/react-notifications';
import type { ReactNode } from 'react';

/** Something is wrong, or did not happen. Read out at once. */
export function Problem({
  title,
  children,
  type = 'error',
}: {
  readonly title?: string;
  readonly children?: ReactNode;
  readonly type?: 'error' | 'warning';
}) {
  return (
    <Alert type={type}>
      {title !== undefined && <Alert.Title>{title}</Alert.Title>}
      {children}
    </Alert>
  );
}
