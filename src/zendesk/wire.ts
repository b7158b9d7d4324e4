import * as v from 'valibot';
import { groupId, ticketId, userId } from '#domain/ids.ts';
import { instantFromIso } from '#domain/instant.ts';
import { HelpdeskError } from './errors.ts';

/**
 * Shapes that many of Zendesk's answers share. Members that are not read are let pass, since Zendesk
 * adds some at any time; what is read must be as expected.
 */

/** Turns what `read` refuses with null into an issue. */
export const readAs = <T>(read: (value: unknown) => T | null, what: string) =>
  v.pipe(
    v.unknown(),
    v.rawTransform<unknown, T>(({ dataset, addIssue, NEVER }) => {
      const value = read(dataset.value);
      if (value !== null) return value;
      addIssue({ message: `is no ${what}: ${JSON.stringify(dataset.value) ?? 'undefined'}` });
      return NEVER;
    }),
  );

export const wireUserId = readAs(userId, 'user id');
export const wireTicketId = readAs(ticketId, 'ticket id');
export const wireGroupId = readAs(groupId, 'group id');
export const wireInstant = readAs(instantFromIso, 'time');

/** An id that only travels: digits, which Zendesk writes as a number or as a string. */
export const wireId = v.pipe(
  v.union([v.pipe(v.number(), v.safeInteger()), v.pipe(v.string(), v.digits())]),
  v.transform(String),
);

/** Whoever acted; Zendesk's own doings (rules, the system) have the author -1. */
export const wireActor = v.pipe(
  v.union([
    v.pipe(
      v.picklist([-1, '-1']),
      v.transform(() => null),
    ),
    v.null(),
    wireUserId,
  ]),
);

/** Reads an answer. @throws HelpdeskError `malformed-response` for any other shape */
export function parseAnswer<Schema extends v.GenericSchema>(
  schema: Schema,
  answer: unknown,
  what: string,
): v.InferOutput<Schema> {
  const { success, output, issues } = v.safeParse(schema, answer);
  if (success) return output;
  const [issue] = issues;
  const where = v.getDotPath(issue) ?? '';
  throw new HelpdeskError('malformed-response', `${what}: ${where} ${issue.message}`);
}

/**
 * Reads the answer to a write. The write happened, whatever its answer looks like: where it cannot
 * be read the outcome is unknown, and the caller reads back.
 */
export function parseWritten<Schema extends v.GenericSchema>(
  schema: Schema,
  answer: unknown,
  what: string,
): v.InferOutput<Schema> {
  try {
    return parseAnswer(schema, answer, what);
  } catch (cause) {
    throw new HelpdeskError('outcome-unknown', `${what} was answered unreadably`, { cause });
  }
}
