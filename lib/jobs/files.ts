/** Where the files of a job lie in the store: each lease writes into a folder of its own, so none can disturb another. */
export function jobFolder(jobId: string): string {
  return `jobs/${jobId}`;
}

export function stageFolder(jobId: string, fence: number, stage: string): string {
  return `${jobFolder(jobId)}/${fence}/${stage}`;
}
