import Link from 'next/link';
import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';

export type ButtonLook = 'primary' | 'plain' | 'quiet' | 'danger';

const SHAPE =
  'inline-flex min-h-10 items-center justify-center gap-2 rounded-control px-4 text-body font-medium whitespace-nowrap ' +
  'transition-colors duration-150 select-none disabled:cursor-not-allowed disabled:opacity-55';

const LOOKS: Record<ButtonLook, string> = {
  primary: 'bg-accent text-on-accent not-disabled:hover:bg-accent-strong',
  plain: 'bg-raised text-ink ring-1 ring-line-strong/60 ring-inset not-disabled:hover:ring-ink',
  quiet: 'text-soft not-disabled:hover:bg-ink/7 not-disabled:hover:text-ink',
  danger: 'bg-danger-tint text-danger ring-1 ring-danger/40 ring-inset not-disabled:hover:ring-danger',
};

export function Button({
  look = 'plain',
  type = 'button',
  className,
  ...props
}: ComponentProps<'button'> & { look?: ButtonLook }) {
  return <button type={type} className={classNames(SHAPE, LOOKS[look], className)} {...props} />;
}

export function ButtonLink({
  look = 'plain',
  className,
  ...props
}: ComponentProps<typeof Link> & { look?: ButtonLook }) {
  return <Link className={classNames(SHAPE, LOOKS[look], className)} {...props} />;
}

/** A link to a file: the browser fetches it, the router does not. */
export function DownloadLink({
  look = 'plain',
  className,
  children,
  ...props
}: ComponentProps<'a'> & { look?: ButtonLook }) {
  return (
    <a className={classNames(SHAPE, LOOKS[look], className)} download {...props}>
      {children}
    </a>
  );
}
