import type { SentFile } from '#lib/media/intake';

/**
 * A request for a job or a batch as it came, by whichever way: fields by their API names in the order of arrival (a name
 * that came twice is there twice) and received files. Whoever is handed one discards its files.
 */
export interface Submission {
  fields: [name: string, value: unknown][];
  files: SentFile[];
}

/** Remove the temporary files of a submission, as far as they were not kept. */
export async function discardSubmission({ files }: Submission): Promise<void> {
  await Promise.all(files.map((sent) => sent.file.discard()));
}
