import Link from 'next/link';
import { classNames } from '../ui/class-names.ts';
import { MethodBadge } from './method-badge.tsx';
import { Inline } from './prose.tsx';
import type { ChapterView } from './reference-view.ts';

/** A page of the reference that is no chapter of operations. */
export interface PageLink {
  href: string;
  title: string;
}

/** All there is to read: the pages, and the chapters with their operations. */
export function Contents({
  pages,
  chapters,
  current,
}: {
  pages: readonly PageLink[];
  chapters: readonly ChapterView[];
  current: string;
}) {
  return (
    <div className="grid gap-4 text-small">
      <ul className="grid gap-0.5">
        {pages.map(({ href, title }) => (
          <li key={href}>
            <ContentsLink href={href} title={title} current={href === current} />
          </li>
        ))}
      </ul>
      <ul className="grid gap-0.5 border-t border-line pt-4">
        {chapters.map((chapter) => (
          <li key={chapter.slug}>
            <Chapter chapter={chapter} current={current === `/docs/${chapter.slug}`} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function ContentsLink({ href, title, current }: PageLink & { current: boolean }) {
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={current ? 'page' : undefined}
      className={classNames(
        'block rounded-control px-3 py-1.5',
        current ? 'bg-tint font-medium text-accent-strong' : 'text-soft hover:bg-ink/7 hover:text-ink',
      )}
    >
      {title}
    </Link>
  );
}

function Chapter({ chapter, current }: { chapter: ChapterView; current: boolean }) {
  const href = `/docs/${chapter.slug}`;
  return (
    <>
      <ContentsLink href={href} title={chapter.name} current={current} />
      {current && (
        <ul className="my-1 ml-3 grid border-l border-line">
          {chapter.operations.map(({ id, method, summary }) => (
            <li key={id}>
              <a
                href={`#${id}`}
                className="grid grid-cols-[3.75rem_minmax(0,1fr)] items-start py-1 pl-3 text-soft hover:text-ink"
              >
                <span>
                  <MethodBadge method={method} />
                </span>
                <span>
                  <Inline text={summary} />
                </span>
              </a>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
