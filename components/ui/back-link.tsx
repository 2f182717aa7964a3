import Link from 'next/link';
import type { ReactNode } from 'react';

/** The way up from a page, above its title. */
export function BackLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} className="text-small text-soft underline-offset-4 hover:text-ink hover:underline">
      {children}
    </Link>
  );
}
