import type { TicketPriority, TicketStatus, TicketType } from '../state.ts';
import type { CustomerKey } from './customers.ts';
import type { GroupName, StaffKey } from './staff.ts';

/** One thing that somebody wrote on a ticket, or did to it. */
export interface Line {
  by: 'customer' | StaffKey;
  /** Hours since the line before; the first line stands at the ticket's beginning. */
  after: number;
  text: string;
  /** An internal note. Lines are public otherwise. */
  internal?: true;
  /** The status that the ticket has from here on. */
  status?: TicketStatus;
}

/** A ticket as it was lived: who wrote what and when, and how it ended. */
export interface TicketStory {
  subject: string;
  from: CustomerKey;
  /** Hours before now at which it began. */
  hoursAgo: number;
  channel: 'email' | 'web' | 'mobile' | 'api' | 'voice';
  group: GroupName;
  assignee: StaffKey | null;
  priority?: TicketPriority;
  type?: TicketType;
  tags: readonly string[];
  lines: readonly [Line, ...Line[]];
  rating?: { score: 'good' | 'bad'; comment?: string } | 'offered';
  /** Solved tickets close by an automation after four days; this one did. */
  closed?: true;
}

export const days = (count: number): number => count * 24;
