import { DownloadIcon } from '../ui/icons.tsx';

export interface GalleryLayer {
  name: string;
  title: string;
  /** The file itself. */
  url: string;
  /** The file as the page shows it. */
  preview: string;
  width: number | null;
  height: number | null;
  /** Share of the picture it covers, 0 to 1, where it is known. */
  coverage: number | null;
}

/** Each layer by itself, far to near, over the pattern that means transparent. */
export function LayerGallery({ layers }: { layers: readonly GalleryLayer[] }) {
  return (
    <ul className="grid gap-5 sm:grid-cols-2 xl:grid-cols-4">
      {layers.map((layer) => (
        <li key={layer.name} className="grid gap-2.5">
          <a href={layer.url} className="checkerboard block overflow-hidden rounded-control ring-1 ring-line">
            <img
              src={layer.preview}
              alt={layer.title}
              width={layer.width ?? undefined}
              height={layer.height ?? undefined}
              loading="lazy"
              decoding="async"
              className="h-auto w-full"
            />
          </a>
          <div className="flex items-center justify-between gap-3">
            <div className="min-w-0">
              <h3 className="truncate font-medium">{layer.title}</h3>
              <p className="text-small text-faint">{coverageOf(layer)}</p>
            </div>
            <a
              href={`${layer.url}?download=1`}
              download={layer.name}
              aria-label={`Download ${layer.name}`}
              className="grid size-10 shrink-0 place-items-center rounded-control text-soft hover:bg-ink/7 hover:text-ink"
            >
              <DownloadIcon />
            </a>
          </div>
        </li>
      ))}
    </ul>
  );
}

function coverageOf({ coverage, width, height }: GalleryLayer): string {
  if (coverage !== null) return `Covers ${Math.round(coverage * 100)}% of the picture`;
  return width && height ? `${width} × ${height}` : '';
}
