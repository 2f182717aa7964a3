import type { ReactNode } from 'react';

/** A form that does one thing to the thing of that id; `children` is what sends it. */
export function IdForm({
  id,
  action,
  className,
  children,
}: {
  id: string;
  action: (data: FormData) => void | Promise<void>;
  className?: string;
  children: ReactNode;
}) {
  return (
    <form action={action} className={className}>
      <input type="hidden" name="id" value={id} />
      {children}
    </form>
  );
}
