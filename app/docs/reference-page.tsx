import type { ReactNode } from 'react';
import { Contents } from '#components/reference/contents';
import { ReferenceFrame } from '#components/reference/reference-frame';
import { Appearance } from '#app/appearance.tsx';
import { readReference } from './reference-view.ts';

const PAGES = [
  { href: '/docs', title: 'From a key to layers' },
  { href: '/docs/rules', title: 'Keys, limits and repeats' },
  { href: '/docs/errors', title: 'Errors' },
  { href: '/docs/objects', title: 'Objects' },
];

/** A page of the reference, which anybody may read. `current` is its address. */
export function ReferencePage({
  current,
  title,
  intro,
  aside,
  children,
}: {
  current: string;
  title: string;
  intro: string;
  /** Stands beside the title, where there is room. */
  aside?: ReactNode;
  children: ReactNode;
}) {
  const contents = <Contents pages={PAGES} chapters={readReference().chapters} current={current} />;
  return (
    <ReferenceFrame contents={contents} appearance={<Appearance />}>
      <div className="mb-10 flex items-end justify-between gap-12">
        <div>
          <h1 className="text-display">{title}</h1>
          <p className="mt-4 max-w-prose text-soft">{intro}</p>
        </div>
        {aside}
      </div>
      {children}
    </ReferenceFrame>
  );
}
