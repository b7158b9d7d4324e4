import type { Credit } from '#domain/credit.ts';
import type { UserId } from '#domain/ids.ts';

/** Whom the step that decides a credit takes off the followers: not those whom another credit still asks. */
export const noLongerAsked = (credit: Credit, all: readonly Credit[]): readonly UserId[] => {
  const stillAsked = all
    .filter((other) => other.id !== credit.id && other.state.kind === 'open')
    .flatMap(({ asked }) => asked);
  return credit.followed.filter((person) => !stillAsked.includes(person));
};
