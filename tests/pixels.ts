import sharp from 'sharp';

/** A decoded picture: 8 bits a channel, rows from the top. */
export interface Pixels {
  data: Uint8Array;
  width: number;
  height: number;
  channels: number;
}

/** Decode with the EXIF orientation applied, to sRGB. */
export async function pixelsOf(bytes: Uint8Array): Promise<Pixels> {
  const { data, info } = await sharp(bytes)
    .autoOrient()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, width: info.width, height: info.height, channels: info.channels };
}

/** RGBA layers, far to near, laid over each other as any image program would. Returns RGB, not rounded. */
export function composite(layers: readonly Pixels[]): Float64Array {
  const count = layers[0]!.width * layers[0]!.height;
  const result = new Float64Array(count * 3);
  for (const { data } of layers) {
    for (let pixel = 0; pixel < count; pixel++) {
      const alpha = data[pixel * 4 + 3]! / 255;
      for (let channel = 0; channel < 3; channel++) {
        const at = pixel * 3 + channel;
        result[at] = alpha * data[pixel * 4 + channel]! + (1 - alpha) * result[at]!;
      }
    }
  }
  return result;
}

/** Peak signal-to-noise ratio of two RGB pictures of one size, in dB. */
export function psnr(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let squares = 0;
  for (let at = 0; at < a.length; at++) squares += (a[at]! - b[at]!) ** 2;
  return 10 * Math.log10(255 ** 2 / (squares / a.length));
}
