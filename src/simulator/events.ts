/** What other windows are told; `by` is the id of the user who did it, -1 for a business rule. */
export type SimulatorEvent =
  | {
      type: 'ticket.created' | 'ticket.updated' | 'ticket.deleted';
      ticket_id: number;
      by: number;
      /** The audit that the change made; some changes make none. */
      audit_id?: number;
    }
  | {
      type: 'record.created' | 'record.updated' | 'record.deleted';
      object: string;
      record_id: string;
      by: number;
    }
  | { type: 'user.updated'; user_id: number }
  | { type: 'settings.updated' | 'account.updated' | 'reset' | 'clock.advanced' };

export type EventListener = (event: SimulatorEvent) => void;
