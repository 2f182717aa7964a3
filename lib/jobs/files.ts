/** Where the files of a job lie in the store: each lease writes into a folder of its own, so none can disturb another. */
export function jobFolder(jobId: string): string {
  return `jobs/${jobId}`;
}

export function attemptFolder(jobId: string, fence: number): string {
  return `${jobFolder(jobId)}/${fence}`;
}

export function stageFolder(jobId: string, fence: number, stage: string): string {
  return `${attemptFolder(jobId, fence)}/${stage}`;
}

/** Where the latest preview of an attempt lies. */
export function previewKey(jobId: string, fence: number): string {
  return `${attemptFolder(jobId, fence)}/preview.webp`;
}

/** Where the checkpoints of a stage lie, each in a folder named by its number. */
export function checkpointsFolder(jobId: string, fence: number, stage: string): string {
  return `${stageFolder(jobId, fence, stage)}.checkpoint`;
}

export function checkpointFolder(jobId: string, fence: number, stage: string, sequence: number): string {
  return `${checkpointsFolder(jobId, fence, stage)}/${sequence}`;
}
