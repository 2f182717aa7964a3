import type { JobResource, OutputResource } from '#lib/jobs/resource';
import { PegBar } from '../ui/peg-bar.tsx';
import { outputOf, shapeOf, videosOf } from './job-pictures.ts';

/** The video of a job. One that ends where it began goes round until it is stopped. */
export function VideoPlayer({ job }: { job: JobResource }) {
  const videos = videosOf(job);
  const [main] = videos;
  const aspectRatio = shapeOf(main) ?? 16 / 9;
  return (
    <section aria-label="Video" className="sheet grid gap-3 p-3 pt-4 sm:p-5 sm:pt-4">
      <PegBar className="mx-auto h-2 text-line-strong/50" />
      <div className="overflow-hidden rounded-control bg-well">
        <video
          controls
          playsInline
          muted
          preload="metadata"
          loop={job.params['loop'] === true}
          poster={outputOf(job, 'poster')?.url}
          className="mx-auto w-full"
          style={{ aspectRatio, maxWidth: `calc(72vh * ${aspectRatio})` }}
        >
          {videos.map(({ url, content_type: type }) => (
            <source key={url} src={url} type={type} />
          ))}
        </video>
      </div>
      {main && <p className="px-1 text-small text-soft">{factsOf(job, main)}</p>}
    </section>
  );
}

function factsOf({ params }: JobResource, { width, height }: OutputResource): string {
  const { duration_seconds: seconds, frames, fps, loop } = params;
  const facts = [
    width && height && `${width} × ${height}`,
    typeof seconds === 'number' && `${seconds} seconds`,
    typeof frames === 'number' && `${frames} frames`,
    typeof fps === 'number' && `${fps} frames a second`,
    loop === true && 'goes round',
  ];
  return facts.filter(Boolean).join(', ');
}
