import { partOf, type Call, type Route } from './call.ts';
import { pageAsAsked } from './paging.ts';
import { recordNotFound } from './refusal.ts';
import type { TicketField } from './state.ts';

function fieldJson(field: TicketField, call: Call): Record<string, unknown> {
  const { custom_field_options: options, ...rest } = field;
  return {
    ...rest,
    ...(field.type === 'tagger'
      ? { custom_field_options: options.map((option) => ({ ...option, raw_name: option.name })) }
      : {}),
    raw_title: field.title,
    raw_description: field.description,
    title_in_portal: field.title,
    raw_title_in_portal: field.title,
    collapsed_for_agents: false,
    required_in_portal: false,
    regexp_for_validation: null,
    url: `${call.url.origin}/api/v2/ticket_fields/${String(field.id)}.json`,
  };
}

/** Ticket fields. */
export const ticketFieldRoutes: Route[] = [
  {
    method: 'GET',
    path: '/ticket_fields',
    who: 'agents',
    paging: 'both',
    answer: (call) => {
      const page = pageAsAsked(call, Object.values(call.world.state.ticket_fields));
      return {
        status: 200,
        body: { ticket_fields: page.items.map((field) => fieldJson(field, call)), ...page.around },
      };
    },
  },
  {
    method: 'GET',
    path: '/ticket_fields/{ticket_field_id}',
    who: 'agents',
    answer: (call) => {
      const field = call.world.state.ticket_fields[partOf(call, 'ticket_field_id')];
      if (field === undefined) throw recordNotFound();
      return { status: 200, body: { ticket_field: fieldJson(field, call) } };
    },
  },
];
