/** What judges a ticket's journal: not in the first screen's code, but asked for with it. */
export { fold } from '#domain/fold.ts';
export { peopleOfTicket } from '#use-cases/ticket-people.ts';
