import { stageFolder } from '#lib/jobs/files';
import type { Lease } from '#lib/jobs/lease';
import type { JobOutput } from '#lib/jobs/resource';
import type { Workspace } from '#lib/media/store/store';
import { buildReceipt, type MadeFile, type RunEnd } from './build.ts';
import type { Circumstances } from './facts.ts';
import { writeReceipt } from './write.ts';

type NewOutput = Omit<JobOutput, 'jobId'>;

/** A job that has come to its end, under a lease that was held until then. */
interface EndedJob extends Omit<RunEnd, 'jobId' | 'outputs'> {
  lease: Lease;
  outputs: readonly NewOutput[];
}

/**
 * Store a job's receipt and describe it as the last of its outputs. It lies where a stage of that name would put it: each
 * attempt that gets so far writes one of its own.
 */
export async function leaveReceipt(
  workspace: Workspace,
  run: Circumstances,
  { lease, outputs, ...end }: EndedJob,
): Promise<NewOutput> {
  const made: MadeFile[] = [];
  for (const output of outputs) {
    made.push({ ...output, path: await workspace.materialize(output.fileKey) });
  }
  const receipt = await buildReceipt(run, { ...end, outputs: made, jobId: lease.jobId });
  const folder = stageFolder(lease.jobId, lease.fence, 'receipt');
  const file = await writeReceipt(workspace.folder(folder), receipt);
  await workspace.publish(folder, [file.name]);
  return { ...file, position: outputs.length, fileKey: `${folder}/${file.name}` };
}
