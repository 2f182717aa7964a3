import type { JobResource } from '#lib/jobs/resource';

/** What a person knows a job by: the name of the photo it was given, or its prompt, or else what it does. */
export function jobName(job: JobResource, pipelineTitle: string): string {
  const photo = job.inputs.find(({ role }) => role === 'image') ?? job.inputs[0];
  return photo?.filename ?? promptOf(job) ?? pipelineTitle;
}

/** What the job was asked for in words, if it was. */
export function promptOf({ params: { prompt } }: JobResource): string | null {
  return typeof prompt === 'string' && prompt !== '' ? prompt : null;
}
