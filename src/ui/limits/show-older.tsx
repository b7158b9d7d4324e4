import { Button } from '@zendeskgarden/react-buttons';

/** The button at the end of a list that begins with the newest. */
export const ShowOlder = ({
  label,
  onShow,
}: {
  readonly label: string;
  readonly onShow: () => void;
}) => (
  <div>
    <Button size="small" isBasic onClick={onShow}>
      {label}
    </Button>
  </div>
);
