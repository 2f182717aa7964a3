import { disparityOf } from '#worker/pipelines/camera/geometry';
import { reliefSize, type Scene } from '#worker/pipelines/camera/scene';
import { sheetOf } from '#worker/pipelines/camera/sheet';
import type { Picture } from '#worker/pipelines/raster/size';

const size = { width: 160, height: 120 };

/** A scene drawn by code: a ground that comes nearer from top to bottom, and before it a disc that the bottom cuts off. */
export function drawnScene(): Scene {
  const ground = paint(() => 255, [60, 120, 180]);
  const disc = paint(
    (x, y) => 255 * Math.min(1, Math.max(0, 42 - Math.hypot(x - 90, y - 90))),
    [200, 90, 40],
  );
  return {
    ...size,
    sheets: [
      sheetOf(
        ground,
        size,
        relief((_, y) => (0.4 * y) / size.height),
      )!,
      sheetOf(
        disc,
        size,
        relief((x) => 0.8 + (0.1 * x) / size.width),
      )!,
    ],
    focus: disparityOf(0.8),
  };
}

/** The same with a magenta sheet behind everything, which nobody is to see. */
export function drawnSceneOverMagenta(): Scene {
  const magenta = new Uint8Array(size.width * size.height * 4).fill(255);
  for (let i = 1; i < magenta.length; i += 4) magenta[i] = 0;
  const scene = drawnScene();
  return {
    ...scene,
    sheets: [
      sheetOf(
        magenta,
        size,
        relief(() => 0),
      )!,
      ...scene.sheets,
    ],
  };
}

/** What the photo was: the sheets laid over each other, as they are when the camera has not moved. */
export function drawnPhoto({ sheets, width, height }: Scene): Picture {
  const rgb = new Uint8Array(width * height * 3);
  for (const sheet of sheets) {
    for (let y = 0; y < sheet.height; y++) {
      for (let x = 0; x < sheet.width; x++) {
        const texel = sheet.texels[y * 2 * sheet.width * 2 + x * 2]!;
        const to = ((sheet.top + y) * width + sheet.left + x) * 3;
        for (let channel = 0; channel < 3; channel++) {
          const behind = rgb[to + channel]! * (1 - (texel >>> 24) / 255);
          rgb[to + channel] = Math.round(((texel >>> (8 * channel)) & 255) + behind);
        }
      }
    }
  }
  return { width, height, rgb };
}

/** A sheet of spots that no two places have alike, RGBA with straight alpha. */
function paint(opacity: (x: number, y: number) => number, colour: [number, number, number]): Uint8Array {
  const rgba = new Uint8Array(size.width * size.height * 4);
  for (let y = 0, at = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++, at += 4) {
      const spots = 30 * Math.sin(x / 3 + Math.cos(y / 7)) + 25 * Math.cos(y / 4 + Math.sin(x / 11));
      for (let channel = 0; channel < 3; channel++) rgba[at + channel] = colour[channel]! + spots;
      rgba[at + 3] = opacity(x, y);
    }
  }
  return rgba;
}

function relief(nearnessAt: (x: number, y: number) => number): Float32Array {
  const { width, height } = reliefSize(size);
  const samples = new Float32Array(new SharedArrayBuffer(4 * width * height));
  for (let i = 0; i < samples.length; i++) {
    samples[i] = disparityOf(nearnessAt((i % width) * 8, Math.floor(i / width) * 8));
  }
  return samples;
}
