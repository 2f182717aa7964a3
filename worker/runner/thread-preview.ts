import type { MessagePort } from 'node:worker_threads';
import sharp from 'sharp';
import type { Picture } from '#worker/pipelines/raster/size';
import type { TaskReport } from './messages.ts';

const SHORTEST_INTERVAL_MS = 1_000;
/** Long side of a preview, pixels. */
const LONG_SIDE = 480;
const QUALITY = 70;

/** Shows pictures of an unfinished result to the worker, as WebP files of one size: at most one a second, the others are dropped. */
export function previewer(port: MessagePort): (picture: Picture) => void {
  let takenAt = Number.NEGATIVE_INFINITY;
  let encoding = false;
  return (picture) => {
    const now = performance.now();
    if (encoding || now - takenAt < SHORTEST_INTERVAL_MS) return;
    takenAt = now;
    encoding = true;
    void encode(thinned(picture))
      .then((webp) => port.postMessage({ type: 'preview', webp } satisfies TaskReport))
      // The result does not hang on it.
      .catch(() => undefined)
      .finally(() => (encoding = false));
  };
}

/** A copy, since the stage goes on writing into its own; of as few pixels as will do, for pictures can be large. */
function thinned({ width, height, rgb }: Picture): Picture {
  const every = Math.max(1, Math.floor(Math.max(width, height) / (2 * LONG_SIDE)));
  if (every === 1) return { width, height, rgb: rgb.slice() };
  const size = { width: Math.ceil(width / every), height: Math.ceil(height / every) };
  const kept = new Uint8Array(size.width * size.height * 3);
  let to = 0;
  for (let y = 0; y < height; y += every) {
    for (let x = 0; x < width; x += every) {
      const from = (y * width + x) * 3;
      kept[to++] = rgb[from]!;
      kept[to++] = rgb[from + 1]!;
      kept[to++] = rgb[from + 2]!;
    }
  }
  return { ...size, rgb: kept };
}

async function encode({ width, height, rgb }: Picture): Promise<Uint8Array> {
  return (
    sharp(rgb, { raw: { width, height, channels: 3 } })
      // Latents are few: a page that enlarged them itself would show their grid.
      .resize({ width: LONG_SIDE, height: LONG_SIDE, fit: 'inside' })
      .webp({ quality: QUALITY })
      .toBuffer()
  );
}
