import { lazy, Suspense } from 'react';
import { createRoot } from 'react-dom/client';
import { connectZaf } from '#zendesk/zaf-client.ts';
import type { WindowWithSdk } from '#zendesk/zaf-sdk.ts';

/**
 * What Zendesk's own React scaffold gives an app to begin with: React, Garden, the SDK, one lazy chunk
 * a location, and a hello once the page has told who is signed in.
 */
const TicketSidebar = lazy(() => import('./ticket-sidebar.tsx'));
const Modal = lazy(() => import('./modal.tsx'));

const zaf = await connectZaf(window as WindowWithSdk);
const root = document.getElementById('root');
if (root)
  createRoot(root).render(
    <Suspense fallback={<span>Loading…</span>}>
      {zaf.context['location'] === 'modal' ? <Modal /> : <TicketSidebar zaf={zaf} />}
    </Suspense>,
  );
