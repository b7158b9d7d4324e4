import type { Messages } from '#ui/shared/messages.ts';

const ACCENTED = 'áƀçđéƒğĥíĵķļɱñóƥɋŕšťúṽŵẋýž';

/** Its texts begin with the first and end with the second, so that what was put together shows its seams. */
export const MARKS = ['⟦', '⟧'] as const;

const accented = (letter: string): string => {
  const other = ACCENTED.charAt(letter.toLowerCase().charCodeAt(0) - 97);
  return letter === letter.toLowerCase() ? other : other.toUpperCase();
};

/** Readable, in no language, and 40 % longer: what is not marked so on a screen was not translated. */
function pseudo(text: string): string {
  const strange = text
    .split(/(\{\w+\})/)
    .map((part) => (part.startsWith('{') ? part : part.replace(/[A-Za-z]/g, accented)))
    .join('');
  const longer = ' ŵóŕđš'.repeat(Math.ceil((text.length * 0.4) / 6));
  return `${MARKS[0]}${strange}${longer}${MARKS[1]}`;
}

export const pseudoMessages = (messages: Messages): Messages =>
  Object.fromEntries(
    Object.entries(messages).map(([key, node]) => [
      key,
      typeof node === 'string' ? pseudo(node) : pseudoMessages(node),
    ]),
  );
