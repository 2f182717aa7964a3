import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { toIso } from '#lib/core/clock';
import { comparableText } from '#lib/pipelines/receipt/comparable';
import type { Receipt, ReceiptOutput } from '#lib/pipelines/receipt/receipt';
import type { OutputFile } from '#worker/output-file';
import { type Circumstances, factsOf } from './facts.ts';

/** A file that a run gave, and where it lies. */
export type MadeFile = OutputFile & { path: string };

/** What came of a run. */
export interface RunEnd {
  /** Ids of the models that were really run. */
  models: string[];
  outputs: readonly MadeFile[];
  warnings: string[];
  /** Null for a run without a queue. */
  jobId: string | null;
  /** Epoch milliseconds. */
  finishedAt: number;
}

/** The receipt of a run. */
export async function buildReceipt(run: Circumstances, end: RunEnd): Promise<Receipt> {
  const outputs: ReceiptOutput[] = [];
  for (const output of end.outputs) outputs.push(await describeOutput(output));
  return {
    format: 'multiplane-receipt',
    version: 1,
    ...(await factsOf({ ...run, models: [...new Set(end.models)] })),
    outputs,
    warnings: end.warnings,
    run: { job_id: end.jobId, finished_at: toIso(end.finishedAt)! },
  };
}

async function describeOutput(output: MadeFile): Promise<ReceiptOutput> {
  const { name, role, contentType, sizeBytes, sha256, path } = output;
  const comparable = contentType === 'application/json' ? await comparableHash(path) : sha256;
  return {
    name,
    role,
    content_type: contentType,
    size_bytes: sizeBytes,
    sha256,
    comparable_sha256: comparable,
  };
}

async function comparableHash(path: string): Promise<string> {
  const text = comparableText(await readFile(path, 'utf8'));
  return createHash('sha256').update(text).digest('hex');
}
