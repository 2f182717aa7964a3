import { classNames } from './class-names.ts';

/** A small picture, cropped to its box, over a quiet ground while it loads. */
export function Thumbnail({ src, alt, className }: { src: string | null; alt: string; className?: string }) {
  return (
    <span className={classNames('block overflow-hidden rounded-control bg-well', className)}>
      {src && <img src={src} alt={alt} loading="lazy" decoding="async" className="size-full object-cover" />}
    </span>
  );
}
