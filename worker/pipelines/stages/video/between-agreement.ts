import { lightness } from '#worker/pipelines/raster/colour';
import { fitWithin, type Picture } from '#worker/pipelines/raster/size';
import { shrinkPhoto } from '../photo.ts';

/** Pixels: pictures are compared this small, for what matters is what lies where, not how sharp it is. */
const LONG_SIDE = 96;
const BLOCK = 32;
/** Differences of lightness, 0..1, that nobody sees: pictures that have no larger ones agree. */
const UNSEEN = 0.005;

/** Sums over the pixels of a block: of lightness in one picture and the other, and of their products. */
interface Sums {
  count: number;
  a: number;
  b: number;
  aa: number;
  bb: number;
  ab: number;
}

/**
 * How far two pictures of one size agree in what is to be seen where: 1 where they are the same, about 0 where they have
 * nothing to do with each other. Brightness as a whole does not count, and contrast little: it is the covariance of
 * lightness within blocks against its variance, as in SSIM (Wang et al., 2004), over all blocks at once.
 */
export async function agreementOf(one: Picture, other: Picture): Promise<number> {
  const size = fitWithin(one, LONG_SIDE);
  const blocks = sumBlocks(await shrinkPhoto(one, size), await shrinkPhoto(other, size));
  const floor = UNSEEN ** 2 * size.width * size.height;
  let [shared, all] = [floor, floor];
  for (const { count, a, b, aa, bb, ab } of blocks) {
    shared += 2 * (ab - (a * b) / count);
    all += aa - a ** 2 / count + bb - b ** 2 / count;
  }
  return shared / all;
}

function sumBlocks(one: Picture, other: Picture): Sums[] {
  const { width, height, rgb } = one;
  const columns = Math.ceil(width / BLOCK);
  const blocks = Array.from({ length: columns * Math.ceil(height / BLOCK) }, () => {
    return { count: 0, a: 0, b: 0, aa: 0, bb: 0, ab: 0 };
  });
  for (let i = 0; i < width * height; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const sums = blocks[Math.floor(y / BLOCK) * columns + Math.floor(x / BLOCK)]!;
    const [a, b] = [lightness(rgb, i), lightness(other.rgb, i)];
    sums.count += 1;
    sums.a += a;
    sums.b += b;
    sums.aa += a ** 2;
    sums.bb += b ** 2;
    sums.ab += a * b;
  }
  return blocks;
}
