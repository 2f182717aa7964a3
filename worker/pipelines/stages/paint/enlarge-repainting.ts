import { lightness } from '#worker/pipelines/raster/colour';
import { type LinearModel, linearModel } from '#worker/pipelines/raster/guided-upsample';
import { PngBands } from '#worker/pipelines/raster/png-bands';
import { enlargeRow, sampling } from '#worker/pipelines/raster/resample';
import type { Picture, Plane } from '#worker/pipelines/raster/size';
import { channelOf, cutTile, rgbOf } from '../tiles/tile.ts';
import { BAND } from './enlarge-painting.ts';

/** Window and tolerance of the enlarging; see guidedUpsample. */
const GUIDE_RADIUS = 2;
const GUIDE_EPSILON = 1e-3;

interface Repainting {
  photo: Picture;
  /** A smaller copy of the photo, and that copy painted anew. */
  small: Picture;
  painted: Picture;
}

/** A channel of the painting: as a function of the photo's lightness, and what that leaves over. */
interface Channel extends LinearModel {
  rest: Plane;
}

/**
 * A small copy of a photo that was painted anew, at the photo's own size. Where the painting follows the photo its edges
 * lie and are as sharp as there; what it has of its own is enlarged as it is, and where it goes its own way nothing of the
 * photo comes through. `onBand` is told how many bands are done, and may throw to stop.
 */
export async function enlargeRepainting(
  { photo, small, painted }: Repainting,
  onBand: (done: number) => void,
): Promise<PngBands> {
  const png = new PngBands(photo, 3);
  const whole = cutTile(painted, 0, 0, painted);
  const channels = [0, 1, 2].map((channel) => modelOf(channelOf(whole, channel), small));
  for (let top = 0; top < photo.height; top += BAND) {
    onBand(top / BAND);
    await png.add(bandOf(photo, channels, top));
  }
  return png;
}

function modelOf(plane: Plane, small: Picture): Channel {
  const { slope, offset } = linearModel(plane, small, GUIDE_RADIUS, GUIDE_EPSILON);
  const data = plane.data.map(
    (value, i) => value - slope.data[i]! * lightness(small.rgb, i) - offset.data[i]!,
  );
  return { slope, offset, rest: { ...plane, data } };
}

/** Interleaved 8-bit rows of the result. */
function bandOf(photo: Picture, channels: readonly Channel[], top: number): Uint8Array {
  const { width } = photo;
  const height = Math.min(BAND, photo.height - top);
  const band = { width, height, data: new Float32Array(width * height * 3) };
  const light = new Float32Array(width * height);
  for (let i = 0; i < light.length; i++) light[i] = lightness(photo.rgb, top * width + i);
  channels.forEach((channel, index) => {
    const { data } = channelOf(band, index);
    const columns = sampling(channel.rest.width, width);
    const rows = sampling(channel.rest.height, photo.height);
    const [slopes, offsets, rest] = [0, 1, 2].map(() => new Float32Array(width)) as [
      Float32Array,
      Float32Array,
      Float32Array,
    ];
    for (let y = 0; y < height; y++) {
      const at = { columns, rows, y: top + y };
      enlargeRow(channel.slope, at, slopes);
      enlargeRow(channel.offset, at, offsets);
      enlargeRow(channel.rest, at, rest);
      for (let x = 0, i = y * width; x < width; x++, i++)
        data[i] = slopes[x]! * light[i]! + offsets[x]! + rest[x]!;
    }
  });
  return rgbOf(band);
}
