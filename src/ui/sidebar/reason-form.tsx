import { Button } from '@zendeskgarden/react-buttons';
import { Field, Textarea } from '@zendeskgarden/react-forms';
import { useState } from 'react';
import { Row, Stack } from '../shared/region.tsx';
import { useTexts } from '../shared/texts.ts';

export interface ReasonFormProps {
  /** The button's text; begins with the word of the button that led here. */
  readonly confirm: string;
  readonly hint: string | null;
  readonly disabled: boolean;
  readonly onConfirm: (reason: string) => void;
  readonly onCancel: () => void;
}

/** Asks why, before a step that needs a reason. */
export default function ReasonForm({
  confirm,
  hint,
  disabled,
  onConfirm,
  onCancel,
}: ReasonFormProps) {
  const { t } = useTexts();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (reason.trim() === '') setMissing(true);
        else onConfirm(reason);
      }}
    >
      <Stack>
        <Field>
          <Field.Label>{t('step.reason')}</Field.Label>
          {hint !== null && <Field.Hint>{hint}</Field.Hint>}
          <Textarea
            autoFocus
            rows={2}
            isResizable
            value={reason}
            {...(missing ? { validation: 'error' as const } : {})}
            onChange={({ target }) => {
              setReason(target.value);
              setMissing(false);
            }}
          />
          {missing && (
            <Field.Message validation="error" validationLabel={t('step.invalid')}>
              {t('step.reasonMissing')}
            </Field.Message>
          )}
        </Field>
        <Row>
          <Button type="submit" size="small" isDanger disabled={disabled}>
            {confirm}
          </Button>
          <Button size="small" isBasic onClick={onCancel} disabled={disabled}>
            {t('action.cancel')}
          </Button>
        </Row>
      </Stack>
    </form>
  );
}
