import type { Size } from '#worker/pipelines/raster/size';
import { type Box, extentOf } from '#worker/pipelines/stages/outputs/layer-file';
import type { Sheet } from './scene.ts';
import { blocksOf, texelsOf } from './texels.ts';

/** A sheet of a painted layer (the whole picture, RGBA with straight alpha) and its relief; undefined where it is empty. */
export function sheetOf(rgba: Uint8Array, size: Size, relief: Float32Array): Sheet | undefined {
  const { box } = extentOf(rgba, size);
  if (box.width === 0) return undefined;
  const part = withMargin(box, size);
  const texels = texelsOf(rgba, size, part);
  return { ...part, texels, blocks: blocksOf(texels, part), relief };
}

/** A box with one transparent pixel more on each side that the picture has room for: sampling fades out there. */
function withMargin({ left, top, width, height }: Box, size: Size): Box {
  const [outerLeft, outerTop] = [Math.max(0, left - 1), Math.max(0, top - 1)];
  const right = Math.min(size.width, left + width + 1);
  const bottom = Math.min(size.height, top + height + 1);
  return { left: outerLeft, top: outerTop, width: right - outerLeft, height: bottom - outerTop };
}
