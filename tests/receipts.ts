import type { Receipt } from '#lib/pipelines/receipt/receipt';

export const HASH = 'a'.repeat(64);

/** A receipt of a job with one layer. */
export function sampleReceipt(parts: Partial<Receipt> = {}): Receipt {
  return {
    format: 'multiplane-receipt',
    version: 1,
    pipeline: 'photo-realistic',
    model: 'auto',
    models: [],
    params: { num_layers: 2, embed_metadata: true },
    inputs: [{ role: 'image', sha256: HASH, width: 640, height: 480 }],
    versions: { multiplane: '1.0.0', sharp: '1.0.0' },
    device: { provider: 'cpu', platform: 'linux', arch: 'x64' },
    outputs: [sampleOutput('layer.png')],
    warnings: [],
    run: { job_id: null, finished_at: '2026-01-01T00:00:00.000Z' },
    ...parts,
  };
}

export function sampleOutput(name: string, sha256 = HASH): Receipt['outputs'][number] {
  const kind = { role: 'layer', content_type: 'image/png', size_bytes: 1 };
  return { name, ...kind, sha256, comparable_sha256: sha256 };
}
