import { useLayoutEffect, useRef } from 'react';
import { useDesk, useDeskState } from './use-desk.ts';
import type { Location } from './zaf/host.ts';

interface AppFrameProps {
  guid: string;
  ticketId: number;
  url: string;
  location: Location;
  height: string | null;
}

/** One instance of the app in its iframe. Another guid makes another iframe. */
export function AppFrame(props: AppFrameProps) {
  return <Frame key={props.guid} {...props} />;
}

function Frame({ guid, ticketId, url, location, height }: AppFrameProps) {
  const { bridge } = useDesk();
  const { account } = useDeskState();
  const frame = useRef<HTMLIFrameElement>(null);
  // Before paint, so that the window is known when the app's handshake comes.
  useLayoutEffect(() => {
    const inside = frame.current?.contentWindow;
    return inside === null || inside === undefined
      ? undefined
      : bridge.attach(inside, guid, ticketId, location);
  }, [bridge, guid, ticketId, location]);
  return (
    <iframe
      ref={frame}
      className="app-frame"
      title={account.installed_app?.name ?? 'App'}
      src={url}
      style={height === null ? undefined : { height }}
      sandbox="allow-scripts allow-same-origin allow-forms allow-popups allow-modals allow-downloads"
      allow="clipboard-write"
      data-guid={guid}
      data-ticket={ticketId}
    />
  );
}
