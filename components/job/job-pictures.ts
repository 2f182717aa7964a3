import type { JobResource, OutputResource } from '#lib/jobs/resource';
import type { PreviewSize } from '#lib/media/image/preview';

/** An output as a page shows it; the file itself is at the output's own address. */
export function previewUrl(jobId: string, name: string, size: PreviewSize): string {
  return `/jobs/${jobId}/preview/${encodeURIComponent(name)}?size=${size}`;
}

/** The photo a job was given, as a page shows it. */
export function originalUrl(job: JobResource, size: PreviewSize): string | null {
  return job.inputs.length > 0 ? previewUrl(job.id, 'original', size) : null;
}

/** What stands for a job in a list: what came out, where that is a picture, or else what went in. */
export function coverUrl(job: JobResource): string | null {
  const result = job.outputs.find(
    ({ role, content_type: type }) => role === 'result' && type.startsWith('image/'),
  );
  return result ? previewUrl(job.id, result.name, 'small') : originalUrl(job, 'small');
}

export function outputNamed(job: JobResource, name: string): OutputResource | undefined {
  return job.outputs.find((output) => output.name === name);
}

/** The layers, far to near. */
export function layersOf(job: JobResource): OutputResource[] {
  return job.outputs.filter(({ role }) => role === 'layer');
}

/** `Layer_2_midground.png` as “Layer 2, midground”. */
export function layerTitle(name: string): string {
  const [, number, plane] = /^Layer_(\d+)_(\w+)\.png$/.exec(name) ?? [];
  return number ? `Layer ${number}, ${plane}` : name;
}
