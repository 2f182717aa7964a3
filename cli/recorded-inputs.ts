import { AppError } from '#lib/core/errors';
import { uploadKey } from '#lib/media/store/file-key';
import { fileStore } from '#lib/media/store/storage';
import type { Workspace } from '#lib/media/store/store';
import type { Receipt } from '#lib/pipelines/receipt/receipt';
import type { InputImage } from '#worker/pipelines/run';
import { intactFile } from '#worker/stored-file';
import { inputImage } from './input-image.ts';

type RecordedInput = Receipt['inputs'][number];
type Inputs = Record<string, InputImage>;

/**
 * Do something with the pictures that a receipt names, by their roles: those of the given photos that have the right
 * bytes, and for the rest what this installation keeps. Throws AppError `input_missing`.
 */
export async function withRecordedInputs<T>(
  recorded: readonly RecordedInput[],
  photos: readonly string[],
  work: (inputs: Inputs) => Promise<T>,
): Promise<T> {
  const given = await Promise.all(photos.map(inputImage));
  const workspace = await fileStore().openWorkspace();
  try {
    const inputs: Inputs = {};
    for (const input of recorded) inputs[input.role] = await locate(input, given, workspace);
    return await work(inputs);
  } finally {
    await workspace.close();
  }
}

async function locate(
  { role, sha256, width, height }: RecordedInput,
  given: readonly InputImage[],
  workspace: Workspace,
): Promise<InputImage> {
  const path =
    given.find((photo) => photo.sha256 === sha256)?.path ??
    (await intactFile(workspace, uploadKey(sha256), sha256));
  if (path) return { path, sha256, width, height };
  throw new AppError('input_missing', `The picture of the role “${role}” is not here (sha256 ${sha256}).`, {
    suggestion: 'Name its file with --inputs.',
  });
}
