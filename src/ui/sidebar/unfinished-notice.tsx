import { Button } from '@zendeskgarden/react-buttons';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { UnfinishedAsk } from '#use-cases/unfinished-ask.ts';
import { forgetUnfinished, type FormText } from '#use-cases/unfinished.ts';
import { Problem } from '../shared/notice.tsx';
import { Plain, Row, Stack } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';
import type { Announce } from '../shared/status.tsx';
import { rereadJournal } from './own-writes.ts';
import type { TicketView } from './use-ticket.ts';
import { useWorld } from './world.ts';

/** Tells of an ask whose end nobody was told, and offers the filled form again once it can't arrive. */
export function UnfinishedNotice({
  unfinished,
  view,
  announce,
  onFill,
  onDismiss,
}: {
  readonly unfinished: UnfinishedAsk;
  readonly view: TicketView;
  readonly announce: Announce;
  readonly onFill: (form: FormText) => void;
  readonly onDismiss: () => void;
}) {
  const { t, time } = useTexts();
  const { context, host } = useWorld();
  const client = useQueryClient();
  const { memory } = context;
  const ticket = host.ticket.id;
  const { kind } = unfinished;
  const code = kind === 'arrived' ? unfinished.credit?.code : undefined;
  const over = kind === 'waiting' && view.now > unfinished.until;
  const held = kind === 'lost' && unfinished.held;

  useEffect(() => {
    if (kind !== 'arrived') return;
    forgetUnfinished(memory, ticket);
    if (code !== undefined) announce(t('unfinished.arrived', { code }));
  }, [kind, code, memory, ticket, announce, t]);

  useEffect(() => {
    // Whether it came in the meantime, only a journal that is read now can tell.
    if (over) void rereadJournal(client, ticket);
  }, [over, client, ticket]);

  if (unfinished.kind === 'arrived') return null;
  if (unfinished.kind === 'waiting') {
    const values = { time: time(unfinished.until) };
    return (
      <Problem type="warning">
        {t(unfinished.typedHere ? 'unfinished.waiting' : 'unfinished.waitingElsewhere', values)}
      </Problem>
    );
  }
  const { form } = unfinished;
  return (
    <Problem type="warning">
      <Stack>
        <Plain>{t(held ? 'unfinished.lostHeld' : 'unfinished.lost')}</Plain>
        <Row>
          <Button
            size="small"
            onClick={() => {
              forgetUnfinished(memory, ticket);
              onFill(form);
            }}
          >
            {t('action.fillAgain')}
          </Button>
          <Button
            size="small"
            isBasic
            onClick={() => {
              forgetUnfinished(memory, ticket);
              onDismiss();
            }}
          >
            {t('action.dismiss')}
          </Button>
        </Row>
      </Stack>
    </Problem>
  );
}
