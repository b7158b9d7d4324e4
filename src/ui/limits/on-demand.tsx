import { Button } from '@zendeskgarden/react-buttons';
import { type ReactNode, useState } from 'react';

/** A part of the limits that reads, or fills the screen, only when somebody asks for it. */
export function OnDemand({
  label,
  children,
}: {
  readonly label: string;
  readonly children: ReactNode;
}) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <div>
        <Button
          size="small"
          isBasic
          aria-expanded={isOpen}
          onClick={() => {
            setIsOpen(!isOpen);
          }}
        >
          {label}
        </Button>
      </div>
      {isOpen && children}
    </>
  );
}
