import type { Picture } from '#worker/pipelines/raster/size';
import type { StageContext } from '#worker/pipelines/run';
import { decodePhoto } from '../photo.ts';
import type { Cut } from './cut.ts';
import { fillFile } from './fill.ts';
import { distanceToNearer, type Rim, ringWidth } from './hidden.ts';
import type { Behind, Nearest } from './layer-source.ts';
import { ownership, sampleBands, type SmallBands } from './ownership.ts';
import { paintLayer } from './paint.ts';

/** A layer, painted. */
export interface PaintedLayer {
  /** 1 is the farthest. */
  k: number;
  /** Nearness that it spans, 0..1. */
  depth: { far: number; near: number };
  /** Straight alpha, the photo's size. */
  rgba: Uint8Array;
}

interface ToPaint {
  photo: Picture;
  cut: Cut;
  /** As it was filled. */
  rim: Rim;
  /** Given what is shown in place of what is nearer than layer k, to change it in place. */
  refine?: (fill: Uint8Array, k: number) => void;
  /** Called as layer k is begun (0), what lies behind it is known (1), and it is painted (2); may throw to stop. */
  onStep(k: number, part: number): void;
}

/**
 * Paint the layers that a picture was cut into one by one, from the farthest, and lay each over `composite`, RGB of the
 * photo's size. Reads what the stages `cut` and `fill` wrote.
 */
export async function* paintedLayers(
  context: StageContext,
  { photo, cut, rim, refine, onStep }: ToPaint,
  composite: Uint8Array,
): AsyncGenerator<PaintedLayer> {
  const { bands, boundaries } = cut;
  const count = boundaries.length - 1;
  const small = sampleBands(bands, photo);
  let source: Nearest = { photo, rim, ring: ringWidth(photo, rim), toOwn: new Uint8Array(bands.length) };
  for (let k = 1; k <= count; k++) {
    onStep(k, 0);
    const behind = k < count ? await withWhatHides(context, source, { k, bands, small }) : undefined;
    if (behind) refine?.(behind.fill, k);
    onStep(k, 1);
    const rgba = new Uint8Array(bands.length * 4);
    paintLayer(behind ?? source, { layer: rgba, composite });
    if (behind) source = { ...source, toOwn: behind.toNearer };
    onStep(k, 2);
    yield { k, depth: { far: boundaries[k - 1]!, near: boundaries[k]! }, rgba };
  }
}

/** What layer k, but for the nearest, is painted from besides. */
async function withWhatHides(
  context: StageContext,
  source: Nearest,
  { k, bands, small }: { k: number; bands: Uint8Array; small: SmallBands },
): Promise<Behind> {
  const { photo } = source;
  const { rgb: fill } = await decodePhoto(context.fileOf('fill', fillFile(k)), photo);
  return { ...source, fill, toNearer: distanceToNearer(bands, k, photo), owns: ownership(small, k) };
}
