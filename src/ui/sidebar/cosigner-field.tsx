import { Button } from '@zendeskgarden/react-buttons';
import { Combobox, Field, Option } from '@zendeskgarden/react-dropdowns';
import { useRef, useState } from 'react';
import { MOST_ASKED } from '#domain/events.ts';
import type { Candidate } from '#use-cases/offer-form.ts';
import type { Person } from '#zendesk/helpdesk.ts';
import { Quiet, Row, Stack } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';

/** More would not fit a sidebar: who is looked for is typed. */
const SHOWN = 30;

/** Chooses whom to ask, one after the other, five at most. */
export function CosignerField({
  candidates,
  asked,
  hint,
  problem,
  onAdd,
  onRemove,
}: {
  readonly candidates: readonly Candidate[];
  readonly asked: readonly Person[];
  readonly hint: string;
  readonly problem: string | null;
  readonly onAdd: (person: Person) => void;
  readonly onRemove: (person: Person) => void;
}) {
  const { t } = useTexts();
  const [typed, setTyped] = useState('');
  const box = useRef<HTMLDivElement>(null);
  const wanted = typed.trim().toLocaleLowerCase();
  const shown = candidates
    .filter(({ person }) => !asked.some(({ id }) => id === person.id))
    .filter(({ person }) => person.name.toLocaleLowerCase().includes(wanted))
    .slice(0, SHOWN);
  const isFull = asked.length >= MOST_ASKED;
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
            if (candidate && !candidate.tooOften) {
              onAdd(candidate.person);
              setTyped('');
            } else if (inputValue !== undefined && selectionValue === undefined) {
              setTyped(inputValue);
            }
          }}
        >
          {shown.length === 0 && <Option isDisabled value="" label={t('form.cosignerEmpty')} />}
          {shown.map(({ person, tooOften, pairCount }) => (
            <Option key={person.id} value={person.id} label={person.name} isDisabled={tooOften}>
              {person.name}
              {tooOften && (
                <Option.Meta>{t('form.cosignerTooOften', { count: pairCount })}</Option.Meta>
              )}
            </Option>
          ))}
        </Combobox>
        {problem !== null && (
          <Field.Message validation="error" validationLabel={t('step.invalid')}>
            {problem}
          </Field.Message>
        )}
      </Field>
      {asked.length > 0 && (
        <Stack $gap={4}>
          {asked.map((person) => (
            <Row key={person.id}>
              <span>{person.name}</span>
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
      {asked.length > 0 && !isFull && <Quiet>{t('form.cosignerMore')}</Quiet>}
    </Stack>
  );
}
