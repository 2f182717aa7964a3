import type { Size } from '#worker/pipelines/raster/size';
import type { Box } from '#worker/pipelines/stages/outputs/layer-file';

/** A tensor that a network was given: its values lie in a file beside the trace. */
export interface TracedTensor {
  type: 'float32' | 'uint8';
  dims: readonly number[];
  file: string;
}

/** What a run did with networks, in its order. */
export type NetworkEvent =
  | { act: 'run'; model: string; network: string | null; feeds: Record<string, TracedTensor> }
  | { act: 'release' };

/** A file that a run wrote, with its pixels (interleaved, in a file beside the trace) to be encoded again. */
export type TracedFile = Size & { pixels: string } & (
    | { kind: 'png' | 'jpeg'; channels: 1 | 3 | 4; bits: 8 | 16 }
    | { kind: 'video'; fps: number; frames: number }
  );

export interface TracedLayer {
  pixels: string;
  /** What of it is not fully transparent. */
  box: Box;
}

/** All of a run that no way of doing it could leave out. */
export interface Trace {
  pictures: string[];
  networks: NetworkEvent[];
  files: TracedFile[];
  /** The layers that go into a layered document, by the files of their pixels; null where there is none. */
  psd: (Size & { composite: string; layers: TracedLayer[] }) | null;
}

export const TRACE_FILE = 'trace.json';
