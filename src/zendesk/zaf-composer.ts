import * as v from 'valibot';
import { type GroupId, groupId, type UserId, userId } from '#domain/ids.ts';
import { neutralise } from './note-html.ts';
import { plainText } from './plain-text.ts';
import { type Zaf, ZafError } from './zaf-client.ts';

/** To whom the ticket belongs, as the page shows it. */
export interface Assignment {
  readonly assignee: UserId | null;
  readonly group: GroupId | null;
}

/**
 * What became of text for the composer. `other-draft`: the agent is writing something of the other
 * kind, and nothing was changed. `unreachable`: the page did not take it.
 */
export type Composed = 'put' | 'other-draft' | 'unreachable';

const member = v.nullish(v.object({ id: v.unknown() }), null);
const wireAssignee = v.nullish(v.object({ user: member, group: member }), null);

/** null when the page does not say. */
export async function readAssignment(zaf: Zaf): Promise<Assignment | null> {
  return unlessSilent(async () => {
    const [answer] = await zaf.get('ticket.assignee');
    const { success, output } = v.safeParse(wireAssignee, answer);
    return success
      ? { assignee: userId(output?.user?.id), group: groupId(output?.group?.id) }
      : null;
  }, null);
}

const types = { note: 'internalNote', reply: 'publicReply' } as const;

/**
 * Puts text behind what stands in the composer. The composer has one text and one type: a draft of the
 * other kind is left alone, since a note that turns into a reply would be sent to the customer. What
 * people wrote is neutralised: what is sent from the composer runs through Zendesk's templates, too.
 */
export async function compose(zaf: Zaf, kind: 'note' | 'reply', text: string): Promise<Composed> {
  return unlessSilent(async (): Promise<Composed> => {
    const [written] = await zaf.get('comment.text');
    const isEmpty = typeof written === 'string' && plainText(written) === '';
    if ((await readType(zaf)) !== types[kind]) {
      if (!isEmpty) return 'other-draft';
      await zaf.set('comment.type', types[kind]);
      const now = await readType(zaf);
      if (now !== null && now !== types[kind]) return 'unreachable';
    }
    await zaf.invoke('ticket.comment.appendText', neutralise(text));
    return 'put';
  }, 'unreachable');
}

/** null where the page does not say: then no draft is touched. */
const readType = (zaf: Zaf): Promise<unknown> =>
  unlessSilent(async () => (await zaf.get('comment.type'))[0] ?? null, null);

async function unlessSilent<T>(ask: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ZafError) return otherwise;
    throw error;
  }
}
