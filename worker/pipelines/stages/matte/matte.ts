import type { Session } from '#worker/engines/onnx/sessions';
import { rgbToFloatTensor, runSingle } from '#worker/engines/onnx/tensors';
import type { Picture, Plane } from '#worker/pipelines/raster/size';
import { shrinkPhoto } from '../photo.ts';
import type { MatteNetwork } from './network.ts';

/** Share of the picture below which a subject is too small to matter. */
export const LEAST_AREA = 0.003;
/** A subject that fills more than this is the picture itself. */
const MOST_AREA = 0.85;
/** Of the pixels that the matte says anything of, the share that it must be sure of. */
const LEAST_CERTAINTY = 0.5;

/** One pass over the whole photo: how much of each pixel is subject, 0..1, at the network's size. */
export async function readMatte(session: Session, network: MatteNetwork, photo: Picture): Promise<Plane> {
  const { width, height } = network.inputFor(photo);
  const { rgb } = await shrinkPhoto(photo, { width, height });
  const brightest = rgb.reduce((most, value) => Math.max(most, value), 0);
  const input = rgbToFloatTensor(rgb, width, height, network.normalisation(brightest));
  const output = await runSingle(session, input);
  return { width, height, data: (output.data as Float32Array).slice() };
}

/**
 * Whether the matte shows a subject at all: neither next to nothing nor nearly everything, and mostly decided. The
 * network's own scale is kept (no stretching to 0..1), so that a picture without a subject stays without one.
 */
export function hasSubject({ data }: Plane): boolean {
  const share = (level: number) =>
    data.reduce((count, value) => count + (value > level ? 1 : 0), 0) / data.length;
  const sure = share(0.8);
  return sure >= LEAST_AREA && sure <= MOST_AREA && sure >= LEAST_CERTAINTY * share(0.2);
}
