import { recordInvalid } from './refusal.ts';
import type { JsonValue, SimulatorState, TicketField } from './state.ts';

/** The custom field with this id; an unknown one is refused. */
export function customFieldOf(state: SimulatorState, id: number | string): TicketField {
  const field = state.ticket_fields[String(id)];
  if (field === undefined || !field.removable) {
    throw recordInvalid('custom_fields', `${String(id)} is not a valid custom field`);
  }
  return field;
}

/** The value as Zendesk would store it, or a refusal. An empty text is no value. */
export function fieldValueOf(field: TicketField, value: JsonValue): JsonValue {
  if (value === null || value === '') return null;
  const refuse = (why: string) => recordInvalid(String(field.id), `${field.title}: ${why}`);
  switch (field.type) {
    case 'tagger':
      if (!field.custom_field_options.some((option) => option.value === value)) {
        throw refuse(`${JSON.stringify(value)} is not one of its options`);
      }
      return value;
    case 'checkbox':
      if (typeof value !== 'boolean') throw refuse('must be true or false');
      return value;
    case 'integer':
      if (!/^-?\d+$/.test(String(value))) throw refuse('must be a whole number');
      return String(value);
    default:
      if (typeof value !== 'string') throw refuse('must be text');
      return value;
  }
}

/** The tag that a value of this field puts on the ticket, if any. */
export function tagOfValue(field: TicketField, value: JsonValue): string | null {
  if (field.type === 'tagger') return typeof value === 'string' ? value : null;
  if (field.type === 'checkbox') return value === true ? field.tag : null;
  return null;
}

/** Every tag that some value of this field stands for. */
export function tagsOfField(field: TicketField): string[] {
  if (field.type === 'tagger') return field.custom_field_options.map((option) => option.value);
  return field.tag === null ? [] : [field.tag];
}
