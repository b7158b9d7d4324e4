import type { Colleague } from '#domain/checkers.ts';
import type { Person } from '#zendesk/helpdesk.ts';

/** Somebody as the rules see them: a suspended person acts no more than a deleted one. */
export const colleague = ({ id, role, active, suspended }: Person): Colleague => ({
  id,
  role,
  active: active && !suspended,
});
