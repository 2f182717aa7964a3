'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { classNames } from '../ui/class-names.ts';

export function NavLink({ href, children }: { href: string; children: string }) {
  const path = usePathname();
  const current = href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);
  return (
    <Link
      href={href}
      aria-current={current ? 'page' : undefined}
      className={classNames(
        'relative flex h-16 items-center px-1 text-body transition-colors',
        current
          ? 'text-ink after:absolute after:inset-x-1 after:bottom-0 after:h-0.5 after:bg-accent'
          : 'text-soft hover:text-ink',
      )}
    >
      {children}
    </Link>
  );
}
