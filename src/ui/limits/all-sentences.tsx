import type { UserId } from '#domain/ids.ts';
import type { Terms } from '#domain/terms.ts';
import { List, Quiet } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';
import { MEMBERS, sentencesOf } from './terms-sentences.ts';

/** All that terms say. */
export function AllSentences({
  terms,
  name,
}: {
  readonly terms: Terms;
  readonly name: (id: UserId) => string;
}) {
  const texts = useTexts();
  return (
    <List>
      {MEMBERS.flatMap((member) => sentencesOf(terms, member, name, texts)).map((sentence) => (
        <Quiet as="li" key={sentence}>
          {sentence}
        </Quiet>
      ))}
    </List>
  );
}
