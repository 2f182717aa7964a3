import type { InferenceSession } from 'onnxruntime-node';

/** The ONNX sessions of one thread. */
export interface SessionCache {
  readonly provider: string;
  /** The session of a catalogue model, opened on first use. Throws AppError `weights_missing`. */
  open(modelId: string): Promise<InferenceSession>;
  /** Let go of every session, to give back memory between stages. */
  release(): Promise<void>;
}
