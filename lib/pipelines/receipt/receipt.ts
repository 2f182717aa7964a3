import { z } from 'zod';
import { AppError } from '#lib/core/errors';

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A network that was run, and the files it was read from. */
const usedModel = z.object({
  id: z.string(),
  task: z.string(),
  weights: z.array(z.object({ name: z.string(), sha256 })),
});

const input = z.object({ role: z.string(), sha256, width: z.int(), height: z.int() });

const output = z.object({
  name: z.string(),
  role: z.string(),
  content_type: z.string(),
  size_bytes: z.int(),
  sha256,
  /** What two runs are compared by; see `comparableText`. */
  comparable_sha256: sha256,
});

/** All that a result hangs on: the same facts give the same files. Nothing in them is of one run alone. */
export const factsSchema = z.object({
  pipeline: z.string(),
  /** As it was asked for. */
  model: z.string(),
  models: z.array(usedModel),
  params: z.record(z.string(), z.unknown()),
  inputs: z.array(input),
  /** Of the app and of what computes in it, by name. */
  versions: z.record(z.string(), z.string()),
  device: z.object({ provider: z.string(), platform: z.string(), arch: z.string() }),
});

/** What a job leaves besides its files, so that it can be done again and compared. docs/receipts.md describes it. */
export const receiptSchema = z.object({
  format: z.literal('multiplane-receipt'),
  version: z.literal(1),
  ...factsSchema.shape,
  outputs: z.array(output),
  warnings: z.array(z.string()),
  /** What is of this run alone, and never compared. */
  run: z.object({ job_id: z.string().nullable(), finished_at: z.string() }),
});

export type Facts = z.infer<typeof factsSchema>;
export type Receipt = z.infer<typeof receiptSchema>;
export type ReceiptOutput = Receipt['outputs'][number];

/** The receipt's file name among a job's outputs, and its role. */
export const RECEIPT_FILE = 'receipt.json';
export const RECEIPT_ROLE = 'receipt';

/** A receipt from its text. Throws AppError `validation_failed` for anything else. */
export function readReceipt(text: string): Receipt {
  const checked = receiptSchema.safeParse(parsed(text));
  if (checked.success) return checked.data;
  throw new AppError('validation_failed', 'This is not a receipt that this version can read.', {
    suggestion: z.prettifyError(checked.error),
    cause: checked.error,
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
