import { readFile } from 'node:fs/promises';
import {
  AV_PIX_FMT_YUV420P,
  AVCOL_PRI_BT709,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_TRC_BT709,
  type AVPixelFormat,
} from 'node-av/constants';
import {
  avGetCodecName,
  avGetPixFmtName,
  avImageCopyToBuffer,
  avImageGetBufferSize,
  Codec,
  CodecContext,
  FFmpegError,
  FormatContext,
  Frame,
  Packet,
  type Stream,
} from 'node-av/lib';
import type { Picture } from '#worker/pipelines/raster/size';

/** What a video file says of itself, with what counting its packets says. */
export interface VideoFacts {
  codec: string;
  pixelFormat: string;
  width: number;
  height: number;
  /** Each tag as BT.709, or as the number FFmpeg has for it. */
  colours: { matrix: string; primaries: string; transfer: string; range: string };
  frameCount: number;
  /** Indices of the frames at which a player can start. */
  keyframes: number[];
  durationSeconds: number;
  fps: number;
  comment: string | null;
}

export async function videoFacts(path: string): Promise<VideoFacts> {
  return reading(path, async (file, stream) => {
    const { codecpar } = stream;
    const [times, keys] = await timesOf(file);
    return {
      codec: avGetCodecName(codecpar.codecId)!,
      pixelFormat: avGetPixFmtName(codecpar.format as AVPixelFormat)!,
      width: codecpar.width,
      height: codecpar.height,
      colours: {
        matrix: named(codecpar.colorSpace, AVCOL_SPC_BT709, 'bt709'),
        primaries: named(codecpar.colorPrimaries, AVCOL_PRI_BT709, 'bt709'),
        transfer: named(codecpar.colorTrc, AVCOL_TRC_BT709, 'bt709'),
        range: named(codecpar.colorRange, AVCOL_RANGE_MPEG, 'tv'),
      },
      frameCount: times.length,
      keyframes: keys.map((time) => times.indexOf(time)),
      durationSeconds: Number(file.duration) / 1e6,
      fps: stream.avgFrameRate.toDouble(),
      comment: file.metadata?.get('comment') ?? null,
    };
  });
}

/** Presentation times of all frames, in order, and of the keyframes among them. */
async function timesOf(file: FormatContext): Promise<[bigint[], bigint[]]> {
  const times: bigint[] = [];
  const keys: bigint[] = [];
  await eachPacket(file, async (packet) => {
    times.push(packet.pts);
    if (packet.isKeyframe) keys.push(packet.pts);
  });
  return [times.sort((a, b) => Number(a - b)), keys];
}

function named(value: number, known: number, name: string): string {
  return value === known ? name : String(value);
}

/** Every frame as RGB, as a player that heeds the colour tags shows it. */
export async function decodeVideo(path: string): Promise<Picture[]> {
  return reading(path, async (file, stream) => {
    const codec = Codec.findDecoder(stream.codecpar.codecId)!;
    const decoder = new CodecContext();
    decoder.allocContext3(codec);
    try {
      decoder.parametersToContext(stream.codecpar);
      FFmpegError.throwIfError(await decoder.open2(codec));
      const pictures: Picture[] = [];
      await eachPacket(file, async (packet) => void pictures.push(...(await decode(decoder, packet))));
      return [...pictures, ...(await decode(decoder, null))];
    } finally {
      decoder.freeContext();
    }
  });
}

async function decode(decoder: CodecContext, packet: Packet | null): Promise<Picture[]> {
  FFmpegError.throwIfError(await decoder.sendPacket(packet));
  const pictures: Picture[] = [];
  const frame = new Frame();
  frame.alloc();
  while ((await decoder.receiveFrame(frame)) >= 0) pictures.push(toRgb(frame));
  frame.free();
  return pictures;
}

async function reading<T>(
  path: string,
  read: (file: FormatContext, stream: Stream) => Promise<T>,
): Promise<T> {
  const file = new FormatContext();
  FFmpegError.throwIfError(await file.openInput(path));
  try {
    FFmpegError.throwIfError(await file.findStreamInfo());
    return await read(file, file.streams[0]!);
  } finally {
    await file.closeInput();
  }
}

async function eachPacket(file: FormatContext, take: (packet: Packet) => Promise<void>): Promise<void> {
  const packet = new Packet();
  packet.alloc();
  while ((await file.readFrame(packet)) >= 0) {
    await take(packet);
    packet.unref();
  }
  packet.free();
}

/** BT.709 at studio range, chroma on the left of its pixels and half way between its rows (ITU-R BT.709, H.264 annex E). */
function toRgb(frame: Frame): Picture {
  if (frame.colorSpace !== AVCOL_SPC_BT709 || frame.colorRange !== AVCOL_RANGE_MPEG)
    throw new Error('The frame is not tagged as BT.709.');
  const { width, height } = frame;
  const size = avImageGetBufferSize(frame.format as AVPixelFormat, width, height, 1);
  const planes = Buffer.alloc(size);
  avImageCopyToBuffer(planes, size, frame.data, frame.linesize, AV_PIX_FMT_YUV420P, width, height, 1);
  const pixels = width * height;
  const blue = chroma(planes.subarray(pixels, pixels * 1.25), width, height);
  const red = chroma(planes.subarray(pixels * 1.25), width, height);
  const rgb = new Uint8ClampedArray(pixels * 3);
  for (let at = 0; at < pixels; at++) {
    const grey = (planes[at]! - 16) * (255 / 219);
    rgb[at * 3] = grey + 1.5748 * red[at]!;
    rgb[at * 3 + 1] = grey - 0.1873 * blue[at]! - 0.4681 * red[at]!;
    rgb[at * 3 + 2] = grey + 1.8556 * blue[at]!;
  }
  return { width, height, rgb: new Uint8Array(rgb.buffer) };
}

/** A chroma plane at the picture's size, -127.5..127.5 for studio range. */
function chroma(plane: Uint8Array, width: number, height: number): Float32Array {
  const full = new Float32Array(width * height);
  const [columns, rows] = [width / 2, height / 2];
  for (let y = 0; y < height; y++) {
    const near = (y >> 1) * columns;
    const far = Math.min(rows - 1, Math.max(0, (y >> 1) + (y & 1 ? 1 : -1))) * columns;
    for (let x = 0; x < width; x++) {
      const left = x >> 1;
      const right = Math.min(columns - 1, left + (x & 1));
      const sum = 3 * (plane[near + left]! + plane[near + right]!) + plane[far + left]! + plane[far + right]!;
      full[y * width + x] = (sum / 8 - 128) * (255 / 224);
    }
  }
  return full;
}

/** Whether an MP4 can be played before all of it has come: its index lies before its frames. */
export async function startsFast(path: string): Promise<boolean> {
  const boxes = topBoxes(await readFile(path));
  return boxes.indexOf('moov') < boxes.indexOf('mdat');
}

/** Types of an MP4's outermost boxes, in their order. */
function topBoxes(file: Buffer): string[] {
  const types: string[] = [];
  for (let at = 0; at < file.length; at += file.readUInt32BE(at))
    types.push(file.toString('latin1', at + 4, at + 8));
  return types;
}
