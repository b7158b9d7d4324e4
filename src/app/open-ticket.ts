/** What an open ticket shows below its budget: asked for with the first screen, in one piece. */
export { fold } from '#domain/fold.ts';
export { Failed, Outdated } from '#ui/shared/failed.tsx';
export { default as TicketParts } from '#ui/sidebar/ticket-parts.tsx';
export { shownSettings } from '#use-cases/shown-settings.ts';
export { peopleOfTicket } from '#use-cases/ticket-people.ts';
