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

/** What stands for a job in a list: what came out, of a video its poster, or else what went in. */
export function coverUrl(job: JobResource): string | null {
  const result = outputOf(job, 'poster') ?? outputOf(job, 'result');
  return result && isStill(result) ? previewUrl(job.id, result.name, 'small') : originalUrl(job, 'small');
}

/** A picture that a page can show a smaller copy of. */
function isStill({ content_type: type }: OutputResource): boolean {
  return type === 'image/png' || type === 'image/jpeg';
}

export function outputNamed(job: JobResource, name: string): OutputResource | undefined {
  return job.outputs.find((output) => output.name === name);
}

/** The first output that plays this part. */
export function outputOf(job: JobResource, role: string): OutputResource | undefined {
  return job.outputs.find((output) => output.role === role);
}

/** The one file that a person came for. */
export function mainOutput(job: JobResource): OutputResource | undefined {
  return outputOf(job, 'psd') ?? outputOf(job, 'result');
}

/** The layers, far to near. */
export function layersOf(job: JobResource): OutputResource[] {
  return job.outputs.filter(({ role }) => role === 'layer');
}

/** What a browser can play, the MP4 first. */
export function videosOf(job: JobResource): OutputResource[] {
  return job.outputs.filter(({ content_type: type }) => type.startsWith('video/'));
}

/** Width by height of a picture or video, where they are known. */
export function shapeOf(output: OutputResource | undefined): number | null {
  return output?.width && output.height ? output.width / output.height : null;
}

/** `Layer_2_midground.png` as “Layer 2, midground”. */
export function layerTitle(name: string): string {
  const [, number, plane] = /^Layer_(\d+)_(\w+)\.png$/.exec(name) ?? [];
  return number ? `Layer ${number}, ${plane}` : name;
}
