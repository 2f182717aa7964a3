import { describe, expect, test } from 'vitest';
import { buildBmp } from '#tests/images';
import { decodeBmp } from './bmp.ts';

const RED = [255, 0, 0] as const;
const GREEN = [0, 255, 0] as const;
const BLUE = [0, 0, 255] as const;
const PALETTE: [number, number, number][] = [[...RED], [...GREEN], [...BLUE]];

/** Three by two: red green blue above blue blue red. */
const PICTURE = [RED, GREEN, BLUE, BLUE, BLUE, RED].flat();
const shape = { width: 3, height: 2 };

const bgr = (...colours: (readonly number[])[]) => colours.flatMap(([r, g, b]) => [b!, g!, r!]);
const pad = [0, 0, 0];
const words16 = (...words: number[]) => Buffer.from(Uint16Array.from(words).buffer);
const words32 = (...words: number[]) => Buffer.from(Uint32Array.from(words).buffer);

describe('decodeBmp reads every way of writing the same picture', () => {
  const cases: [string, Buffer][] = [
    [
      '24 bits',
      buildBmp({
        ...shape,
        bitsPerPixel: 24,
        pixels: Buffer.from([...bgr(BLUE, BLUE, RED), ...pad, ...bgr(RED, GREEN, BLUE), ...pad]),
      }),
    ],
    [
      '24 bits from the top, without the last padding',
      buildBmp({
        width: 3,
        height: -2,
        bitsPerPixel: 24,
        pixels: Buffer.from([...bgr(RED, GREEN, BLUE), ...pad, ...bgr(BLUE, BLUE, RED)]),
      }),
    ],
    [
      '8 bits',
      buildBmp({
        ...shape,
        bitsPerPixel: 8,
        palette: PALETTE,
        pixels: Buffer.from([2, 2, 0, 0, 0, 1, 2, 0]),
      }),
    ],
    [
      '4 bits',
      buildBmp({
        ...shape,
        bitsPerPixel: 4,
        palette: PALETTE,
        pixels: Buffer.from([0x22, 0, 0, 0, 0x01, 0x20, 0, 0]),
      }),
    ],
    [
      '16 bits, 5-5-5',
      buildBmp({
        ...shape,
        bitsPerPixel: 16,
        pixels: words16(0x1f, 0x1f, 0x7c00, 0, 0x7c00, 0x3e0, 0x1f, 0),
      }),
    ],
    [
      '16 bits, 5-6-5 by masks',
      buildBmp({
        ...shape,
        bitsPerPixel: 16,
        compression: 3,
        masks: [0xf800, 0x7e0, 0x1f],
        pixels: words16(0x1f, 0x1f, 0xf800, 0, 0xf800, 0x7e0, 0x1f, 0),
      }),
    ],
    [
      '32 bits',
      buildBmp({ ...shape, bitsPerPixel: 32, pixels: words32(0xff, 0xff, 0xff0000, 0xff0000, 0xff00, 0xff) }),
    ],
    [
      'RLE8 with runs, literals and a jump',
      buildBmp({
        ...shape,
        bitsPerPixel: 8,
        compression: 1,
        palette: PALETTE,
        pixels: Buffer.from([2, 2, 1, 0, 0, 0, 0, 3, 0, 1, 2, 0, 0, 2, 0, 0, 0, 1]),
      }),
    ],
    [
      'RLE4',
      buildBmp({
        ...shape,
        bitsPerPixel: 4,
        compression: 2,
        palette: PALETTE,
        pixels: Buffer.from([2, 0x22, 1, 0x00, 0, 0, 0, 3, 0x01, 0x20, 0, 1]),
      }),
    ],
  ];
  test.each(cases)('%s', (_name, file) => {
    expect(decodeBmp(file)).toEqual({ ...shape, channels: 3, data: Uint8Array.from(PICTURE) });
  });
});

test('one bit a pixel over several bytes', () => {
  const palette: [number, number, number][] = [
    [0, 0, 0],
    [9, 9, 9],
  ];
  const file = buildBmp({
    width: 10,
    height: 1,
    bitsPerPixel: 1,
    palette,
    pixels: Buffer.from([0b10100000, 0b01000000, 0, 0]),
  });
  const lit = decodeBmp(file).data.filter((_, index) => index % 3 === 0);
  expect([...lit]).toEqual([9, 0, 9, 0, 0, 0, 0, 0, 0, 9]);
});

test('alpha by a mask, and none where every pixel would be invisible', () => {
  const masks = [0xff0000, 0xff00, 0xff, 0xff000000];
  const alpha = (...words: number[]) => {
    const pixels = Buffer.from(Uint32Array.from(words).buffer);
    return [
      ...decodeBmp(buildBmp({ width: 2, height: 1, bitsPerPixel: 32, compression: 6, masks, pixels })).data,
    ];
  };
  expect(alpha(0x80ff0000, 0xff)).toEqual([255, 0, 0, 128, 0, 0, 255, 0]);
  expect(alpha(0xff0000, 0xff)).toEqual([255, 0, 0, 255, 0, 0, 255, 255]);
});

describe('decodeBmp refuses', () => {
  const rle8 = (...bytes: number[]) =>
    buildBmp({ ...shape, bitsPerPixel: 8, compression: 1, palette: PALETTE, pixels: Buffer.from(bytes) });
  const plain = buildBmp({ ...shape, bitsPerPixel: 32, pixels: Buffer.alloc(24) });
  const cases: [string, Buffer][] = [
    ['a missing last pixel', plain.subarray(0, -1)],
    ['a header cut short', plain.subarray(0, 30)],
    ['a run across the edge', rle8(4, 0, 0, 1)],
    ['a jump out of the picture', rle8(0, 2, 200, 200, 1, 1, 0, 1)],
    ['runs without an end', rle8(3, 0)],
    [
      'more pixels than are taken in',
      buildBmp({ width: 100_000, height: 2, bitsPerPixel: 24, pixels: Buffer.alloc(8) }),
    ],
    ['a negative width', buildBmp({ width: -3, height: 2, bitsPerPixel: 24, pixels: Buffer.alloc(24) })],
    ['a depth that does not exist', buildBmp({ ...shape, bitsPerPixel: 7, pixels: Buffer.alloc(24) })],
  ];
  test.each(cases)('%s', (_name, file) => {
    expect(() => decodeBmp(file)).toThrow(expect.objectContaining({ code: 'image_unreadable' }));
  });
});
