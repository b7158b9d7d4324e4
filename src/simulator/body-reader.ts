import * as v from 'valibot';
import { Refusal, simulatorStrictness } from './refusal.ts';

export const jsonId = v.pipe(v.number(), v.integer());
export const nullableId = v.nullable(jsonId);

/**
 * Reads a request's body by a strict schema. Zendesk ignores or refuses what it does not know; the
 * simulator always refuses, because an unknown field is always a mistake of the caller.
 */
export function readBody<Schema extends v.GenericSchema>(
  schema: Schema,
  body: unknown,
): v.InferOutput<Schema> {
  if (body === undefined) {
    throw new Refusal(400, { error: 'Unprocessable JSON', description: 'A JSON body is missing' });
  }
  const read = v.safeParse(schema, body);
  if (read.success) return read.output;
  const issue = read.issues[0];
  const where = v.getDotPath(issue) ?? 'body';
  throw simulatorStrictness(422, `${where}: ${issue.message}`);
}
