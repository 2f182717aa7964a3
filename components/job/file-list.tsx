import type { OutputResource } from '#lib/jobs/resource';
import { DownloadIcon } from '../ui/icons.tsx';
import { formatBytes } from '../ui/quantities.ts';
import { wordsFor } from './output-words.ts';

/** Every file the job made. */
export function FileList({ outputs }: { outputs: readonly OutputResource[] }) {
  return (
    <ul className="divide-y divide-line">
      {outputs.map((output) => (
        <li key={output.name}>
          <a
            href={`${output.url}?download=1`}
            download={output.name}
            className="group flex min-h-11 items-center gap-4 py-1.5"
          >
            <DownloadIcon className="size-4 shrink-0 text-faint group-hover:text-accent" />
            <span className="min-w-0 truncate underline-offset-4 group-hover:underline">{output.name}</span>
            <span className="min-w-0 truncate text-small text-faint max-sm:hidden">{wordsFor(output)}</span>
            <span className="ml-auto shrink-0 font-mono text-small text-soft">
              <span className="max-sm:hidden">{sizeOf(output)}</span>
              <span className="ml-4 inline-block min-w-18 text-right">{formatBytes(output.size_bytes)}</span>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function sizeOf({ width, height }: OutputResource): string {
  return width && height ? `${width} × ${height}` : '';
}
