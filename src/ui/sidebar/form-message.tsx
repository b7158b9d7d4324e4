import { Field } from '@zendeskgarden/react-forms';
import { useTexts } from '../shared/texts.ts';

/** What a field is given while it is not right; also what a focus is moved by. */
export const invalid = (is: boolean) =>
  is ? { validation: 'error' as const, 'aria-invalid': true } : {};

/** What is wrong with a field, under it. */
export function FormMessage({ text }: { readonly text: string }) {
  const { t } = useTexts();
  return (
    <Field.Message validation="error" validationLabel={t('step.invalid')}>
      {text}
    </Field.Message>
  );
}
