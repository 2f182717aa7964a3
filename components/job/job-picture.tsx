import type { CSSProperties } from 'react';
import type { JobResource } from '#lib/jobs/resource';
import { promptOf } from './job-name.ts';
import { originalUrl } from './job-pictures.ts';

/**
 * The photo of a job that is not done, or the words it is made of, and laid over them, once there is one, a preview of the
 * result: in the same place, so that nothing moves.
 */
export function JobPicture({ job, dimmed }: { job: JobResource; dimmed: boolean }) {
  const photo = originalUrl(job, 'large');
  const preview = job.progress.preview_url;
  const words = photo ? null : promptOf(job);
  if (!photo && !words && !preview) return null;
  return (
    <div className={`relative m-auto ${photo ? 'w-fit' : 'w-full'}`} style={photo ? undefined : frameOf(job)}>
      {photo && (
        <img
          src={photo}
          alt="The original"
          className={`max-h-[60vh] max-w-full rounded-[0.25rem] ${dimmed ? 'opacity-70 grayscale' : ''}`}
        />
      )}
      {words && (
        <p className="grid size-full place-items-center overflow-hidden rounded-[0.25rem] bg-well p-6 text-center text-title text-soft">
          <span className="line-clamp-6 break-words">{words}</span>
        </p>
      )}
      {preview && (
        <img
          src={preview}
          alt="The result so far"
          onLoad={({ currentTarget }) => (currentTarget.hidden = false)}
          // It is gone as soon as the job has ended, which the page may not know yet.
          onError={({ currentTarget }) => (currentTarget.hidden = true)}
          className="absolute inset-0 size-full rounded-[0.25rem] bg-raised object-contain"
        />
      )}
    </div>
  );
}

/** As large as a photo of that shape would be shown. */
function frameOf({ params: { width, height } }: JobResource): CSSProperties {
  const aspectRatio = typeof width === 'number' && typeof height === 'number' ? width / height : 16 / 9;
  return { aspectRatio, maxWidth: `calc(60vh * ${aspectRatio})` };
}
