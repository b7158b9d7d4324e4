import type { Audit, FieldEvent, SimulatorState, Ticket } from './state.ts';
import type { Trigger, TriggerCondition } from './webhook-state.ts';

interface Update {
  ticket: Ticket;
  audit: Audit;
}

/** What one update of a ticket makes a trigger send. */
export interface Ring {
  webhook_id: string;
  body: string;
}

const isEmpty = (value: unknown): boolean => value === null || value === '';

/** Triggers compare texts; an empty field is the empty text. */
const textOf = (value: unknown): string => {
  if (isEmpty(value) || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

function holdsOfTags(tags: readonly string[], { operator, value }: TriggerCondition): boolean {
  const named = value.split(/\s+/).some((tag) => tags.includes(tag));
  if (operator === 'includes') return named;
  if (operator === 'not_includes') return !named;
  throw new Error(`current_tags has no operator ${operator}.`);
}

function holdsOfField(
  now: string,
  change: FieldEvent | undefined,
  { operator, value }: TriggerCondition,
): boolean {
  switch (operator) {
    case 'is':
      return now === value;
    case 'is_not':
      return now !== value;
    case 'changed':
      return change !== undefined;
    case 'value':
      return change !== undefined && now === value;
    case 'value_previous':
      return change !== undefined && textOf(change.previous_value) === value;
    case 'includes':
    case 'not_includes':
      throw new Error(`Only current_tags has the operator ${operator}.`);
  }
}

function holds(condition: TriggerCondition, { ticket, audit }: Update): boolean {
  const { field } = condition;
  const changeOf = (name: string) =>
    audit.events.find(
      (event): event is FieldEvent =>
        (event.type === 'Change' || event.type === 'Create') && event.field_name === name,
    );
  if (field === 'current_tags') return holdsOfTags(ticket.tags, condition);
  if (field === 'update_type') {
    const type = audit.events.some((event) => event.type === 'Create') ? 'Create' : 'Change';
    return holdsOfField(type, undefined, condition);
  }
  const custom = /^custom_fields_(\d+)$/.exec(field)?.[1];
  if (custom !== undefined) {
    return holdsOfField(textOf(ticket.custom_fields[custom]), changeOf(custom), condition);
  }
  if (field === 'status') return holdsOfField(ticket.status, changeOf(field), condition);
  throw new Error(`Triggers here know no field ${field}.`);
}

/** @throws Error for a field, an operator or a body that the pretend Zendesk does not know. */
export function checkTrigger(state: SimulatorState, trigger: Trigger): void {
  const { all, any } = trigger.conditions;
  if (all.length + any.length === 0) throw new Error('A trigger needs a condition.');
  for (const { field, operator } of [...all, ...any]) {
    const custom = /^custom_fields_(\d+)$/.exec(field)?.[1];
    if (custom !== undefined && state.ticket_fields[custom] === undefined) {
      throw new Error(`There is no ticket field ${custom}.`);
    }
    const known = custom !== undefined || ['status', 'current_tags', 'update_type'].includes(field);
    const ofTags = operator === 'includes' || operator === 'not_includes';
    if (!known || ofTags !== (field === 'current_tags')) {
      throw new Error(`Triggers here know no condition ${field} ${operator}.`);
    }
  }
  for (const { value } of trigger.actions) {
    const [webhook, body] = value;
    if (state.webhooks[webhook] === undefined) throw new Error(`There is no webhook ${webhook}.`);
    JSON.parse(rendered(body, 1));
  }
}

/** Placeholders that are not known stay out of Zendesk's answer without a word; here they are refused. */
function rendered(body: string, ticketId: number): string {
  return body.replace(/\{\{\s*([^}]*?)\s*\}\}/g, (_, name: string) => {
    if (name !== 'ticket.id') throw new Error(`Triggers here know no placeholder ${name}.`);
    return String(ticketId);
  });
}

/** What all triggers of the account send for this update of a ticket, in their order. */
export function ringsOf(state: SimulatorState, update: Update): Ring[] {
  return Object.values(state.triggers)
    .filter(({ active }) => active)
    .filter(({ conditions: { all, any } }) => {
      const every = all.every((condition) => holds(condition, update));
      return every && (any.length === 0 || any.some((condition) => holds(condition, update)));
    })
    .flatMap(({ actions }) => actions)
    .map(({ value: [webhook_id, body] }) => ({
      webhook_id,
      body: rendered(body, update.ticket.id),
    }));
}
