import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import type { TaskReport } from './messages.ts';
import { previewer } from './thread-preview.ts';

/** A picture whose left half is of one colour and whose right half of another. */
function halves(width: number, height: number) {
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++)
    rgb.set(pixel % width < width / 2 ? [200, 40, 40] : [40, 40, 200], pixel * 3);
  return { width, height, rgb };
}

test.each([
  [2001, 1003, { width: 480, height: 241 }],
  [300, 200, { width: 480, height: 320 }],
  [16, 24, { width: 320, height: 480 }],
])(
  'a %dx%d picture is shown in the size of a preview, as it was then, and the next ones are dropped',
  async (width, height, size) => {
    const { port1, port2 } = new MessageChannel();
    const preview = previewer(port2);
    const picture = halves(width, height);
    const reports: TaskReport[] = [];
    port1.on('message', (report: TaskReport) => reports.push(report));
    preview(picture);
    picture.rgb.fill(0);
    preview(picture);
    await once(port1, 'message');
    port2.close();
    await once(port1, 'close');
    expect(reports).toHaveLength(1);
    const webp = sharp((reports[0] as TaskReport & { type: 'preview' }).webp);
    expect(await webp.metadata()).toMatchObject({ format: 'webp', ...size });
    const { data } = await webp.raw().toBuffer({ resolveWithObject: true });
    const middle = Math.floor(size.height / 2) * size.width;
    for (const [at, value] of [
      [10, 200],
      [size.width - 10, 40],
    ] as const)
      expect(Math.abs(data[(middle + at) * 3]! - value)).toBeLessThan(12);
  },
);
