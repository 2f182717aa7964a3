/*
 * `tsx bench/pipelines/floor.ts FOLDER WEIGHTS`: does what a trace says, and nothing beside it, in a process of its own:
 * decode the pictures, run the networks, encode the files. Ends with a line of JSON: the peak of its memory.
 */
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { createSessionCache } from '#worker/engines/onnx/sessions';
import { decodePhoto } from '#worker/pipelines/stages/photo';
import { encode, encodePsd } from './encode.ts';
import { type NetworkEvent, type Trace, TRACE_FILE, type TracedTensor } from './trace.ts';

type Feed = Parameters<Awaited<ReturnType<typeof sessions.open>>['run']>[0];

const [folder, weightsDir] = process.argv.slice(2) as [string, string];
const trace = JSON.parse(await readFile(join(folder, TRACE_FILE), 'utf8')) as Trace;
const sessions = createSessionCache({ provider: 'cpu', weightsDir, threads: availableParallelism() });
// The runner's processes keep no pictures either.
sharp.cache(false);

for (const path of trace.pictures) await decodePhoto(path);
for (const event of trace.networks) await replay(event);
for (const file of trace.files) await encode(file, folder);
if (trace.psd) await encodePsd(trace.psd, folder);
const peakBytes = process.resourceUsage().maxRSS * 1024;
process.stdout.write(`${JSON.stringify({ peakBytes })}\n`);

async function replay(event: NetworkEvent): Promise<void> {
  if (event.act === 'release') return sessions.release();
  const session = await sessions.open(event.model, event.network ?? undefined);
  const feeds = Object.entries(event.feeds).map(async ([name, tensor]) => [name, await tensorOf(tensor)]);
  await session.run(Object.fromEntries(await Promise.all(feeds)) as Feed);
}

/** A tensor by the members that the runtime reads of one. */
async function tensorOf({ type, dims, file }: TracedTensor) {
  const { buffer, byteOffset, byteLength } = await readFile(join(folder, file));
  const bytes = buffer.slice(byteOffset, byteOffset + byteLength);
  const data = type === 'float32' ? new Float32Array(bytes) : new Uint8Array(bytes);
  return { type, dims, data, location: 'cpu' };
}
