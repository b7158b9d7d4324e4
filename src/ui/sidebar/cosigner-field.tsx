import { Button } from '@zendeskgarden/react-buttons';
import { Combobox, Field, Option } from '@zendeskgarden/react-dropdowns';
import { useId, useRef, useState } from 'react';
import styled from 'styled-components';
import { MOST_ASKED } from '#domain/events.ts';
import { type Candidate, type Dropped, nameHas, proposed } from '#use-cases/candidates.ts';
import type { Person } from '#zendesk/helpdesk.ts';
import type { TranslationKey } from '../shared/messages.ts';
import { Quiet, Row, Stack } from '../shared/region.tsx';
import { type Texts, useTexts } from '../shared/texts.ts';
import type { Candidates } from './use-candidates.ts';

/** More would not fit a sidebar: who is looked for is typed. */
const SHOWN = 30;

const hindranceKeys = {
  'pair-limit': 'form.cosignerTooOften',
  'light-agent': 'form.cosignerLight',
  'not-active': 'form.cosignerInactive',
  'is-customer': 'form.cosignerCustomer',
  'cannot-open': 'form.cosignerCannotOpen',
  'not-a-lead': 'form.cosignerNoLead',
} as const satisfies Record<Dropped['why'], TranslationKey>;

/** Chooses whom to ask, one after the other, five at most; proposes somebody. */
export function CosignerField({
  candidates,
  asked,
  dropped,
  enough,
  hint,
  problem,
  more = false,
  searching = 'no',
  isSettled = true,
  onAdd,
  onRemove,
  onType,
}: {
  readonly candidates: readonly Candidate[];
  readonly asked: readonly Person[];
  readonly dropped: readonly Dropped[];
  /** How many have to be asked. */
  readonly enough: number;
  readonly hint: string;
  readonly problem: string | null;
  /** Whether others can be found by typing their name. */
  readonly more?: boolean;
  /** How the look for them stands. */
  readonly searching?: Candidates['searching'];
  readonly onAdd: (person: Person) => void;
  readonly onRemove: (person: Person) => void;
  readonly onType?: (typed: string) => void;
  /** Whether it is known whom to propose. */
  readonly isSettled?: boolean;
}) {
  const { t } = useTexts();
  const [typed, setTyped] = useState('');
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const type = (text: string): void => {
    setTyped(text);
    onType?.(text);
  };
  const isTyping = typed.trim() !== '';
  const shown = candidates
    .filter(({ person }) => !asked.some(({ id }) => id === person.id))
    // Who can never be asked is in the way, unless somebody looks for them.
    .filter(({ hindrance }) => isTyping || hindrance === null || hindrance === 'pair-limit')
    .filter(({ person }) => nameHas(person.name, typed))
    .slice(0, SHOWN);
  const isFull = asked.length >= MOST_ASKED;
  const next =
    isSettled && asked.length < enough && !isTyping ? proposed(candidates, asked) : undefined;
  return (
    <Stack>
      <Field>
        <Field.Label>{t('form.cosigner')}</Field.Label>
        <Field.Hint>{isFull ? t('form.cosignerFull') : hint}</Field.Hint>
        <Combobox
          ref={box}
          isAutocomplete
          isDisabled={isFull}
          inputValue={typed}
          selectionValue={null}
          listboxAriaLabel={t('form.cosignerList')}
          {...(problem === null
            ? {}
            : { validation: 'error' as const, inputProps: { 'aria-invalid': true } })}
          onChange={({ selectionValue, inputValue }) => {
            const candidate = shown.find(({ person }) => person.id === selectionValue);
            if (candidate && candidate.hindrance === null) {
              onAdd(candidate.person);
              type('');
            } else if (inputValue !== undefined && selectionValue === undefined) {
              type(inputValue);
            }
          }}
        >
          {shown.length === 0 && (
            <Option isDisabled value="" label={t(nobodyKey(searching, more && !isTyping))} />
          )}
          {shown.map((candidate) => (
            <Option
              key={candidate.person.id}
              value={candidate.person.id}
              label={candidate.person.name}
              isDisabled={candidate.hindrance !== null}
              // Called by the name alone; the rest is told behind it.
              aria-label={candidate.person.name}
              aria-describedby={`${id}-${candidate.person.id}`}
            >
              {candidate.person.name}
              <About id={`${id}-${candidate.person.id}`} text={about(candidate, t)} />
            </Option>
          ))}
        </Combobox>
        {problem !== null && (
          <Field.Message validation="error" validationLabel={t('step.invalid')}>
            {problem}
          </Field.Message>
        )}
      </Field>
      {next && (
        <Row>
          <Quiet>{t('form.cosignerProposed')}</Quiet>
          <Button
            size="small"
            onClick={() => {
              onAdd(next.person);
              box.current?.querySelector('input')?.focus();
            }}
          >
            {t('form.choose', { name: next.person.name })}
          </Button>
        </Row>
      )}
      {asked.length > 0 && (
        <Stack $gap={4}>
          {asked.map((person) => (
            <Row key={person.id}>
              <span>{person.name}</span>
              {isAway(candidates, person) && <Quiet>{t('form.cosignerAway')}</Quiet>}
              <Button
                size="small"
                isBasic
                aria-label={t('form.remove', { name: person.name })}
                onClick={() => {
                  onRemove(person);
                  box.current?.querySelector('input')?.focus();
                }}
              >
                {t('form.removeShort')}
              </Button>
            </Row>
          ))}
        </Stack>
      )}
      {/* There from the start, so that it is read out when it fills. */}
      <Live aria-live="polite">
        {dropped.map(({ person, why, pairCount: count }) => (
          <Quiet key={person.id}>
            {t('form.cosignerDropped', {
              name: person.name,
              why: t(hindranceKeys[why], { count }),
            })}
          </Quiet>
        ))}
      </Live>
      {asked.length > 0 && !isFull && <Quiet>{t('form.cosignerMore')}</Quiet>}
    </Stack>
  );
}

const Live = styled.div`
  &:empty {
    /* Keeps its place in the accessibility tree, takes none in the stack. */
    margin-top: -8px;
  }
`;

/** Why the list is empty. */
function nobodyKey(searching: Candidates['searching'], mayType: boolean): TranslationKey {
  if (searching === 'reading') return 'reading';
  if (searching === 'failed') return 'form.cosignersFailed';
  return mayType ? 'form.cosignerType' : 'form.cosignerEmpty';
}

const isAway = (candidates: readonly Candidate[], { id }: Person): boolean =>
  candidates.some(({ person, presence }) => person.id === id && presence === 'away');

const About = ({ id, text }: { readonly id: string; readonly text: string }) =>
  text === '' ? null : <Option.Meta id={id}>{text}</Option.Meta>;

/** Why somebody cannot be asked, or what one should know before asking them. */
function about(
  { hindrance, mayNotSee, presence, pairCount: count }: Candidate,
  t: Texts['t'],
): string {
  if (hindrance !== null) return t(hindranceKeys[hindrance], { count });
  return [
    ...(presence === 'away' ? [t('form.cosignerAway')] : []),
    ...(mayNotSee ? [t('form.cosignerMayNotSee')] : []),
  ].join(' · ');
}
