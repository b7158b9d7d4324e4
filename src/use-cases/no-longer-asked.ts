import { askedNow, type Credit } from '#domain/credit.ts';
import type { UserId } from '#domain/ids.ts';

/** Whom a credit that is handed on leaves, and so takes off the followers. Who has signed stays until the end. */
export const handedOff = (
  credit: Credit,
  afterwards: Credit,
  all: readonly Credit[],
): readonly UserId[] => {
  const before = askedNow(credit);
  const staying = [...askedNow(afterwards), ...credit.signatures.map(({ by }) => by)];
  return noLongerAsked(credit, all).filter(
    (person) => before.includes(person) && !staying.includes(person),
  );
};

/** Whom the step that decides a credit takes off the followers: not those whom another credit still asks. */
export const noLongerAsked = (credit: Credit, all: readonly Credit[]): readonly UserId[] => {
  const stillAsked = all
    .filter((other) => other.id !== credit.id && other.state.kind === 'open')
    .flatMap(askedNow);
  return credit.followed.filter((person) => !stillAsked.includes(person));
};
