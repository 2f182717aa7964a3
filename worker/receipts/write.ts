import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256OfFile } from '#lib/core/file-hash';
import { type Receipt, RECEIPT_FILE, RECEIPT_ROLE } from '#lib/pipelines/receipt/receipt';
import type { OutputFile } from '#worker/output-file';

/** Write a receipt into a folder, which is made where it is missing. Returns it as an output. */
export async function writeReceipt(folder: string, receipt: Receipt): Promise<OutputFile> {
  const path = join(folder, RECEIPT_FILE);
  await mkdir(folder, { recursive: true });
  await writeFile(path, `${JSON.stringify(receipt, null, 2)}\n`);
  const { size: sizeBytes } = await stat(path);
  const sha256 = await sha256OfFile(path);
  const kind = { role: RECEIPT_ROLE, contentType: 'application/json', width: null, height: null };
  return { name: RECEIPT_FILE, ...kind, sizeBytes, sha256 };
}
