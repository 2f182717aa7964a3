'use client';

import { useFormStatus } from 'react-dom';
import { Button, type ButtonLook } from './button.tsx';

/** Sends the form it stands in, and says so while that lasts. */
export function SubmitButton({
  children,
  pendingLabel,
  look = 'primary',
  className,
}: {
  children: React.ReactNode;
  pendingLabel: string;
  look?: ButtonLook;
  className?: string;
}) {
  const { pending } = useFormStatus();
  return (
    <Button type="submit" look={look} className={className} disabled={pending}>
      {pending ? pendingLabel : children}
    </Button>
  );
}
