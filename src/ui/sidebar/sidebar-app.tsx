import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ErrorBoundary } from '../shared/error-boundary.tsx';
import { type Texts, TextsProvider } from '../shared/texts.ts';
import { Theme } from '../shared/theme.tsx';
import { CannotGoOn } from './cannot-go-on.tsx';
import { Sidebar } from './sidebar.tsx';
import { followOtherTabs } from './ticket-queries.ts';
import { type World, WorldProvider } from './world.ts';

/** The sidebar with all that it stands on. */
export function SidebarApp({
  world,
  client,
  texts,
}: {
  readonly world: World;
  readonly client: QueryClient;
  readonly texts: Texts;
}) {
  const { host, shared } = world;
  useEffect(() => followOtherTabs(client, shared), [client, shared]);
  return (
    <Theme host={host}>
      <TextsProvider value={texts}>
        <ErrorBoundary fallback={(error) => <CannotGoOn error={error} />}>
          <QueryClientProvider client={client}>
            <WorldProvider value={world}>
              <Sidebar />
            </WorldProvider>
          </QueryClientProvider>
        </ErrorBoundary>
      </TextsProvider>
    </Theme>
  );
}
