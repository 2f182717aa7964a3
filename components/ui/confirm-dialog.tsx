'use client';

import { type ReactNode, useId, useRef } from 'react';
import { Button, type ButtonLook } from './button.tsx';

/**
 * A button that asks before it acts. `children` is the form that acts; its submit button stands beside "Keep it". Once
 * sent, the dialog closes, so that what the page has to say of it can be read.
 */
export function ConfirmDialog({
  trigger,
  triggerLook = 'quiet',
  title,
  body,
  keepLabel,
  children,
}: {
  trigger: ReactNode;
  triggerLook?: ButtonLook;
  title: string;
  body: ReactNode;
  keepLabel: string;
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  const close = () => dialog.current?.close();
  return (
    <>
      <Button look={triggerLook} onClick={() => dialog.current?.showModal()}>
        {trigger}
      </Button>
      <dialog
        ref={dialog}
        onSubmit={close}
        aria-labelledby={titleId}
        className="m-auto w-[min(26rem,calc(100vw-2rem))] rounded-sheet bg-sheet p-6 text-ink shadow-float"
      >
        <h2 id={titleId} className="text-head font-semibold">
          {title}
        </h2>
        <div className="mt-2 text-soft">{body}</div>
        <div className="mt-6 flex flex-wrap justify-end gap-2">
          <Button look="plain" onClick={close}>
            {keepLabel}
          </Button>
          {children}
        </div>
      </dialog>
    </>
  );
}
