import type { Session } from '#worker/engines/onnx/sessions';
import { type Normalisation, rgbToFloatTensor, runSingle } from '#worker/engines/onnx/tensors';
import type { Picture, Plane, Size } from '#worker/pipelines/raster/size';
import { shrinkPhoto } from '../photo.ts';

/** How one depth network wants its picture, what its numbers mean, and how far they can be trusted. */
export interface DepthNetwork {
  input: Size;
  normalisation: Normalisation;
  /** `distance` grows away from the camera, `nearness` towards it. */
  gives: 'distance' | 'nearness';
  /** Whether it tells far from near too poorly to go without what the picture's layout says. */
  needsLayout: boolean;
  /** How much of the differences in depth that it sees within a subject is kept, 0..1. */
  relief: number;
}

const NETWORKS: Readonly<Record<string, DepthNetwork>> = {
  // Wofk et al., "FastDepth", 2019: metres, trained indoors on NYU Depth v2.
  fastdepth: {
    input: { width: 224, height: 224 },
    normalisation: { scale: 1 / 255 },
    gives: 'distance',
    needsLayout: true,
    relief: 0.12,
  },
  // Li et al., "Enforcing Temporal Consistency in Video Depth Estimation", 2021: inverse depth.
  'tcmonodepth-small': {
    input: { width: 320, height: 192 },
    normalisation: { scale: 1 },
    gives: 'nearness',
    needsLayout: false,
    relief: 0.5,
  },
};

/** The network behind a catalogue model of the task `depth`. */
export function depthNetwork(modelId: string): DepthNetwork {
  const network = NETWORKS[modelId];
  if (!network) throw new Error(`No depth network is wired up for the model ${modelId}`);
  return network;
}

/** One pass over the whole photo, as the network gives it: relative nearness (inverse distance), any scale. */
export async function singlePass(session: Session, network: DepthNetwork, photo: Picture): Promise<Plane> {
  const { input, normalisation, gives } = network;
  const { rgb } = await shrinkPhoto(photo, input);
  const output = await runSingle(session, rgbToFloatTensor(rgb, input.width, input.height, normalisation));
  const values = output.data as Float32Array;
  const data = gives === 'distance' ? values.map((metres) => 1 / Math.max(metres, 0.05)) : values.slice();
  return { ...input, data };
}

/** The mean of a pass and a mirrored one: what a network says only of one hand of the picture cancels out. */
export async function mirroredPasses(
  session: Session,
  network: DepthNetwork,
  photo: Picture,
): Promise<Plane> {
  const small = await shrinkPhoto(photo, network.input);
  const plain = await singlePass(session, network, small);
  const mirrored = await singlePass(session, network, mirror(small));
  const { width } = plain;
  for (let i = 0; i < plain.data.length; i++) {
    const column = i % width;
    const opposite = i - column + (width - 1 - column);
    plain.data[i] = (plain.data[i]! + mirrored.data[opposite]!) / 2;
  }
  return plain;
}

function mirror({ width, height, rgb }: Picture): Picture {
  const mirrored = new Uint8Array(rgb.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 3;
      mirrored.set(rgb.subarray(from, from + 3), (y * width + width - 1 - x) * 3);
    }
  }
  return { width, height, rgb: mirrored };
}
