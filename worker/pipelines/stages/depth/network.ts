import type { InferenceSession } from 'onnxruntime-node';
import { type Normalisation, rgbToFloatTensor, runSingle } from '#worker/engines/onnx/tensors';
import type { Plane, Size } from '#worker/pipelines/raster/size';
import { type Photo, shrinkPhoto } from '../photo.ts';

/** How one depth network wants its picture, and what its numbers mean. */
interface DepthNetwork {
  input: Size;
  normalisation: Normalisation;
  /** `distance` grows away from the camera, `nearness` towards it. */
  gives: 'distance' | 'nearness';
}

const NETWORKS: Readonly<Record<string, DepthNetwork>> = {
  // Wofk et al., "FastDepth", 2019: metres, trained indoors on NYU Depth v2.
  fastdepth: {
    input: { width: 224, height: 224 },
    normalisation: { scale: 1 / 255 },
    gives: 'distance',
  },
  // Li et al., "Enforcing Temporal Consistency in Video Depth Estimation", 2021: inverse depth.
  'tcmonodepth-small': {
    input: { width: 320, height: 192 },
    normalisation: { scale: 1 },
    gives: 'nearness',
  },
};

/** One pass over the whole photo, as the network gives it: relative nearness (inverse distance), any scale. */
export async function singlePass(session: InferenceSession, modelId: string, photo: Photo): Promise<Plane> {
  const { input, normalisation, gives } = networkOf(modelId);
  const { rgb } = await shrinkPhoto(photo, input);
  const output = await runSingle(session, rgbToFloatTensor(rgb, input.width, input.height, normalisation));
  const values = output.data as Float32Array;
  const data = gives === 'distance' ? values.map((metres) => 1 / Math.max(metres, 0.05)) : values.slice();
  return { ...input, data };
}

/** The mean of a pass and a mirrored one: what a network says only of one hand of the picture cancels out. */
export async function mirroredPasses(
  session: InferenceSession,
  modelId: string,
  photo: Photo,
): Promise<Plane> {
  const small = await shrinkPhoto(photo, networkOf(modelId).input);
  const plain = await singlePass(session, modelId, small);
  const mirrored = await singlePass(session, modelId, mirror(small));
  const { width } = plain;
  for (let i = 0; i < plain.data.length; i++) {
    const column = i % width;
    const opposite = i - column + (width - 1 - column);
    plain.data[i] = (plain.data[i]! + mirrored.data[opposite]!) / 2;
  }
  return plain;
}

function networkOf(modelId: string): DepthNetwork {
  const network = NETWORKS[modelId];
  if (!network) throw new Error(`No depth network is wired up for the model ${modelId}`);
  return network;
}

function mirror({ width, height, rgb }: Photo): Photo {
  const mirrored = new Uint8Array(rgb.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (y * width + x) * 3;
      mirrored.set(rgb.subarray(from, from + 3), (y * width + width - 1 - x) * 3);
    }
  }
  return { width, height, rgb: mirrored };
}
