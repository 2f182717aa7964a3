import type { Session } from '#worker/engines/onnx/sessions';
import { bind } from './binding.ts';
import type { Planes } from '../planes.ts';
import { LATENT_CHANNELS, LATENT_SCALE } from './latents.ts';

/** What brings latents to a deviation of about 1 (Rombach et al., 2022; the same for every model of this family). */
const SCALING = 0.18215;
/** Bounds of the logarithm of the encoder's variance. */
const LEAST_LOG = -30;
const MOST_LOG = 20;

/**
 * The latents of a picture (-1..1, sides multiples of 8). Newer exports say where they lie and how sure that is, and one
 * of them is drawn with `noise`, as many standard normal values as there are latents; older ones have drawn.
 */
export async function encodePicture(
  session: Session,
  picture: Planes,
  noise: () => Float32Array,
): Promise<Planes> {
  const network = bind(session, 'VAE encoder', {
    inputs: ['sample'],
    output: ['latent_parameters', 'latent_sample'],
  });
  const { values, dims } = await network.run({
    sample: { values: picture.data, dims: [1, 3, picture.height, picture.width] },
  });
  const [, channels, height, width] = dims as [number, number, number, number];
  const drawn = channels === LATENT_CHANNELS ? values : drawFrom(values, noise());
  return { width, height, data: drawn.map((value) => value * SCALING) };
}

/** `parameters`: all the means, then the logarithms of all the variances. */
function drawFrom(parameters: Float32Array, noise: Float32Array): Float32Array {
  const { length } = noise;
  return noise.map((value, i) => {
    const log = Math.min(MOST_LOG, Math.max(LEAST_LOG, parameters[length + i]!));
    return parameters[i]! + Math.exp(log / 2) * value;
  });
}

/** The picture of latents, about -1..1. */
export async function decodeLatents(session: Session, { width, height, data }: Planes): Promise<Planes> {
  const network = bind(session, 'VAE decoder', { inputs: ['latent_sample'], output: ['sample'] });
  const { values } = await network.run({
    latent_sample: {
      values: data.map((value) => value / SCALING),
      dims: [1, LATENT_CHANNELS, height, width],
    },
  });
  return { width: width * LATENT_SCALE, height: height * LATENT_SCALE, data: values };
}
