import {
  AV_PIX_FMT_RGB24,
  AVCOL_RANGE_JPEG,
  AVCOL_SPC_RGB,
  AVERROR_EAGAIN,
  AVERROR_EOF,
} from 'node-av/constants';
import { type FilterContext, FilterGraph, Frame } from 'node-av/lib';
import { check } from './check.ts';

/** One frame: 8-bit sRGB, three interleaved values per pixel, rows from the top. */
export interface RgbFrame {
  width: number;
  height: number;
  rgb: Uint8Array;
}

/** RGB frames through a chain of FFmpeg's filters. */
export interface PictureFilter {
  /** Lend one frame, or null after the last; what comes out of it is given to `take`, one at a time. */
  push(frame: RgbFrame | null, index: number, take: (frame: Frame) => Promise<void>): Promise<void>;
  close(): void;
}

/** Frames are `1 / fps` seconds long and come out with that time base. */
export function openFilter(
  chain: string,
  size: { width: number; height: number },
  fps: number,
): PictureFilter {
  const graph = new FilterGraph();
  graph.alloc();
  const source = `video_size=${size.width}x${size.height}:pix_fmt=rgb24:time_base=1/${fps}:frame_rate=${fps}`;
  const colour = 'pixel_aspect=1/1:colorspace=gbr:range=pc';
  try {
    check(graph.parse2(`buffer@in=${source}:${colour},${chain},buffersink@out`), 'reading the filters');
    check(graph.configSync(), 'setting up the filters');
  } catch (error) {
    graph.free();
    throw error;
  }
  const [input, output] = [graph.getFilter('buffer@in')!, graph.getFilter('buffersink@out')!];
  return {
    async push(picture, index, take) {
      await feed(input, picture, index, fps);
      await drain(output, take);
    },
    close: () => graph.free(),
  };
}

async function feed(
  input: FilterContext,
  picture: RgbFrame | null,
  index: number,
  fps: number,
): Promise<void> {
  if (picture === null) {
    check(await input.buffersrcAddFrame(null), 'ending the frames');
    return;
  }
  const frame = copyOf(picture, index, fps);
  try {
    check(await input.buffersrcAddFrame(frame), 'taking a frame');
  } finally {
    frame.free();
  }
}

/**
 * A frame with pixels of its own. `Frame.fromVideoBuffer` (node-av 6.1) lends the buffer instead of copying it, and a
 * filter that holds a frame back, as `fps` does, would read memory that has been collected since.
 */
function copyOf({ width, height, rgb }: RgbFrame, index: number, fps: number): Frame {
  const lent = Frame.fromVideoBuffer(Buffer.from(rgb.buffer, rgb.byteOffset, rgb.length), {
    width,
    height,
    format: AV_PIX_FMT_RGB24,
    timeBase: { num: 1, den: fps },
    pts: BigInt(index),
  });
  const frame = new Frame();
  frame.alloc();
  try {
    Object.assign(frame, { width, height, format: AV_PIX_FMT_RGB24 });
    check(frame.getBuffer(), 'making room for a frame');
    check(frame.copy(lent), 'copying a frame');
    check(frame.copyProps(lent), 'copying a frame');
    frame.duration = 1n;
    frame.colorSpace = AVCOL_SPC_RGB;
    frame.colorRange = AVCOL_RANGE_JPEG;
    return frame;
  } catch (error) {
    frame.free();
    throw error;
  } finally {
    lent.free();
  }
}

async function drain(output: FilterContext, take: (frame: Frame) => Promise<void>): Promise<void> {
  const frame = new Frame();
  frame.alloc();
  try {
    for (;;) {
      const answer = await output.buffersinkGetFrame(frame);
      if (answer === AVERROR_EAGAIN || answer === AVERROR_EOF) return;
      check(answer, 'filtering a frame');
      await take(frame);
      frame.unref();
    }
  } finally {
    frame.free();
  }
}
