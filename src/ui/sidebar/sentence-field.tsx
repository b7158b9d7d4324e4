import { Field, Textarea } from '@zendeskgarden/react-forms';
import { FormMessage, invalid } from './form-message.tsx';

/** A text of a line or two. */
export function SentenceField({
  label,
  hint,
  value,
  missing,
  onChange,
}: {
  readonly label: string;
  readonly hint: string;
  readonly value: string;
  /** What is asked for while it is empty; null: nothing, or not yet. */
  readonly missing: string | null;
  readonly onChange: (text: string) => void;
}) {
  return (
    <Field>
      <Field.Label>{label}</Field.Label>
      <Field.Hint>{hint}</Field.Hint>
      <Textarea
        rows={2}
        isResizable
        value={value}
        {...invalid(missing !== null)}
        onChange={({ target }) => {
          onChange(target.value);
        }}
      />
      {missing !== null && <FormMessage text={missing} />}
    </Field>
  );
}
