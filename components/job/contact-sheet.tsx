import type { OutputResource } from '#lib/jobs/resource';

/** A video at one glance. */
export function ContactSheet({ sheet, preview }: { sheet: OutputResource; preview: string }) {
  return (
    <figure className="grid content-start gap-4">
      <figcaption className="text-head font-semibold">Eight frames, from the first to the last</figcaption>
      <a href={sheet.url} className="block overflow-hidden rounded-control ring-1 ring-line">
        <img
          src={preview}
          alt="Eight frames of the video in two rows"
          width={sheet.width ?? undefined}
          height={sheet.height ?? undefined}
          loading="lazy"
          decoding="async"
          className="h-auto w-full"
        />
      </a>
    </figure>
  );
}
