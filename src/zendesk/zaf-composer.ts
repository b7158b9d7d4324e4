import * as v from 'valibot';
import { type GroupId, groupId, type UserId, userId } from '#domain/ids.ts';
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
 * other kind is left alone, since a note that turns into a reply would be sent to the customer.
 */
export async function compose(zaf: Zaf, kind: 'note' | 'reply', text: string): Promise<Composed> {
  return unlessSilent(async (): Promise<Composed> => {
    const [written, type] = await zaf.get('comment.text', 'comment.type');
    const isEmpty = typeof written === 'string' && plainText(written) === '';
    if (type !== types[kind]) {
      if (!isEmpty) return 'other-draft';
      await zaf.set('comment.type', types[kind]);
      const [now] = await zaf.get('comment.type');
      if (now !== types[kind]) return 'unreachable';
    }
    await zaf.invoke('ticket.comment.appendText', text);
    return 'put';
  }, 'unreachable');
}

async function unlessSilent<T>(ask: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ZafError) return otherwise;
    throw error;
  }
}
