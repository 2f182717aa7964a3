import type { Network } from '#lib/models/model';

/** A device, as far as networks are placed by it. */
export interface DeviceMeans {
  /** Execution provider: `cpu`, `webgpu` or `cuda`. */
  provider: string;
  /** Its own memory in bytes; where that is 0 or not told, it is taken for enough. */
  deviceMemoryBytes?: number;
}

/**
 * Models that a provider is not given. Compiling MI-GAN for WebGPU overflows a thread's usual stack of 8 MB with the
 * one driver it could be tried on (SwiftShader; onnxruntime 1.30) and takes the whole process along; with 256 MB it
 * gives what the CPU gives. There it takes a third of a second, which is not worth the risk.
 */
const UNFIT: Readonly<Record<string, ReadonlySet<string>>> = { webgpu: new Set(['migan']) };

/**
 * The provider that a network runs on: the device's own, unless the model is unfit for it or the stage that the network
 * is open in needs more memory than the device has. Then it is the CPU, slower and right.
 */
export function providerFor(
  modelId: string,
  { memoryBytes = 0 }: Pick<Network, 'memoryBytes'>,
  { provider, deviceMemoryBytes = 0 }: DeviceMeans,
): string {
  if (UNFIT[provider]?.has(modelId)) return 'cpu';
  return deviceMemoryBytes > 0 && memoryBytes > deviceMemoryBytes ? 'cpu' : provider;
}
