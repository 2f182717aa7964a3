import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { onTestFinished } from 'vitest';
import type { GraphName, IndexFile, ModelIndex } from '#lib/models/contract/model-index';
import { INDEX_FILE } from '#lib/models/contract/read-index';
import { bindVideoGraphs } from '#worker/diffusion/graphs/open-video-graphs';
import type { VideoGraphs } from '#worker/diffusion/graphs/video-graphs';
import type { GraphBuilder } from '#worker/engines/onnx/convert/graph';
import { clip, textEncoder } from './tiny-encoders.ts';
import { seesWithClip, TEXT_LENGTH, TINY_CONDITIONING, type TinyKind, tinyIndex } from './tiny-index.ts';
import { tinyTokenizer } from './tiny-tokenizer.ts';
import { transformer } from './tiny-transformer.ts';
import { decoderInit, decoderStep, encoderInit, encoderStep } from './tiny-vae.ts';

/**
 * A model of real graphs, whose every value can be worked out by hand: what each graph computes is said where it is
 * built.
 */
export interface TinyWan {
  index: ModelIndex;
  /** Bytes by file name; the index is not among them. */
  files: ReadonlyMap<string, Uint8Array>;
}

const TEXT = { length: TEXT_LENGTH, width: 4096 };

/**
 * One with the tensor names, channels and scales of the real model. `replaced`: graphs to be had in place of its own.
 */
export function tinyWan(kind: TinyKind, replaced: Partial<Record<GraphName, GraphBuilder>> = {}): TinyWan {
  const graphs = { ...graphsOf(kind), ...replaced };
  const encoded = Object.entries(graphs).map(([name, graph]) => [`${name}.onnx`, graph.encode()] as const);
  const files = new Map([...encoded, ...Object.entries(tinyTokenizer())]);
  return { index: tinyIndex(kind, (name) => toFile(name, files.get(name)!)), files };
}

function graphsOf(kind: TinyKind): Partial<Record<GraphName, GraphBuilder>> {
  const large = kind === 'wan-2.2-ti2v-5b';
  const isConcat = TINY_CONDITIONING[kind].kind === 'mask-concat';
  const vae = { channels: large ? 48 : 16, space: large ? 16 : 8 };
  const channelsTaken = isConcat ? 36 : vae.channels;
  const pictures = seesWithClip(kind) ? (kind === 'wan-2.1-flf2v' ? 2 : 1) : 0;
  const common = { channels: vae.channels, channelsTaken, perToken: large, text: TEXT, pictures };
  return {
    text_encoder: textEncoder(TEXT.length, TEXT.width),
    transformer: transformer({ ...common, sign: 1 }),
    ...(kind.includes('a14b') ? { transformer_2: transformer({ ...common, sign: -1 }) } : {}),
    ...(pictures > 0 ? { image_encoder: clip(257, 1280) } : {}),
    ...(isConcat || large ? { vae_encoder_init: encoderInit(vae) } : {}),
    ...(isConcat ? { vae_encoder_step: encoderStep(vae) } : {}),
    vae_decoder_init: decoderInit(vae),
    vae_decoder_step: decoderStep(vae),
  };
}

function toFile(name: string, bytes: Uint8Array): IndexFile {
  return { name, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Puts a model where an export would have, its index included. */
export function placeTinyWan(folder: string, { index, files }: TinyWan): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
  writeFileSync(join(folder, INDEX_FILE), JSON.stringify(index));
}

/** A model's graphs, and which of them are open, in the order in which they were opened. */
export interface BoundTinyWan extends VideoGraphs {
  openGraphs(): GraphName[];
}

/** The graphs of a tiny model on the CPU, let go when the test ends. Without a limit, nothing is cut into tiles. */
export function bindTinyWan({ index, files }: TinyWan, vaeBytes = Number.POSITIVE_INFINITY): BoundTinyWan {
  const sessions = new Map<GraphName, InferenceSession>();
  const source = {
    async open(graph: GraphName) {
      const session = await InferenceSession.create(files.get(index.graphs[graph]!.files[0].name)!);
      sessions.set(graph, session);
      return session;
    },
    async close(graph: GraphName) {
      await sessions.get(graph)?.release();
      sessions.delete(graph);
    },
  };
  const graphs = bindVideoGraphs(index, source, vaeBytes);
  onTestFinished(async () => {
    for (const graph of sessions.keys()) await source.close(graph);
  });
  return { ...graphs, openGraphs: () => [...sessions.keys()] };
}
