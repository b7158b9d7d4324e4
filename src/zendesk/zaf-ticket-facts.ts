import * as v from 'valibot';
import { type Zaf, ZafError } from './zaf-client.ts';

/** What the page knows of the open ticket, unsaved changes included. null: it does not say. */
export interface TicketFacts {
  readonly tags: readonly string[] | null;
  /** The form's id and name; empty: the ticket has none. */
  readonly form: readonly string[] | null;
  /** Id and name of the ticket's organization; empty: it has none. */
  readonly organization: readonly string[] | null;
  /** What the custom fields hold, by id; one that the page does not know is absent. */
  readonly fields: Readonly<Record<string, readonly string[]>>;
}

const tags = v.array(v.string());
const id = v.union([v.string(), v.number()]);
const named = v.pipe(
  v.nullable(v.object({ id, name: v.nullish(v.string()) })),
  v.transform((it) => (it === null ? [] : [String(it.id), ...(it.name ? [it.name] : [])])),
);

const value = v.union([v.string(), v.number(), v.boolean()]);
const values = v.pipe(
  v.nullable(v.union([value, v.array(value)])),
  v.transform((held) =>
    (Array.isArray(held) ? held : [held]).flatMap((each) =>
      each === null || each === '' ? [] : [String(each)],
    ),
  ),
);

/**
 * Asked of Zendesk's page, which knows it already: no REST request. Each fact by itself, since a page
 * that does not know one path may know the others.
 * @param fields ids of custom ticket fields
 */
export async function readTicketFacts(zaf: Zaf, fields: readonly string[]): Promise<TicketFacts> {
  const [tagged, form, organization, ...held] = await Promise.all([
    ask(zaf, 'ticket.tags', tags),
    ask(zaf, 'ticket.form', named),
    ask(zaf, 'ticket.organization', named),
    ...fields.map((field) => ask(zaf, `ticket.customField:custom_field_${field}`, values)),
  ]);
  return {
    tags: tagged ?? null,
    form: form ?? null,
    organization: organization ?? null,
    fields: Object.fromEntries(
      fields.flatMap((field, index) => {
        const texts = held[index];
        return texts === undefined ? [] : [[field, texts]];
      }),
    ),
  };
}

async function ask<Schema extends v.GenericSchema>(
  zaf: Zaf,
  path: string,
  schema: Schema,
): Promise<v.InferOutput<Schema> | undefined> {
  try {
    const [answer] = await zaf.get(path);
    const read = v.safeParse(schema, answer);
    return read.success ? read.output : undefined;
  } catch (error) {
    if (error instanceof ZafError) return undefined;
    throw error;
  }
}
