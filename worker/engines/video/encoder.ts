import {
  AV_CODEC_FLAG_BITEXACT,
  AV_CODEC_FLAG_GLOBAL_HEADER,
  AVCHROMA_LOC_LEFT,
  AVCOL_PRI_BT709,
  AVCOL_RANGE_MPEG,
  AVCOL_SPC_BT709,
  AVCOL_TRC_BT709,
  AVERROR_EAGAIN,
  AVERROR_EOF,
} from 'node-av/constants';
import { Codec, CodecContext, Dictionary, type Frame, Packet, Rational } from 'node-av/lib';
import { check } from './check.ts';
import type { FormatRecipe, Raster } from './formats.ts';

/*
 * Fixed, not what the machine has: with another number of threads x264 comes to other bytes, and a result has to be
 * made again to the byte elsewhere. Rendering the frames is what takes the other cores.
 */
const THREADS = 2;

/* A player that is sent to a moment decodes from the keyframe before it. */
const SECONDS_BETWEEN_KEYFRAMES = 2;

interface EncoderOptions {
  recipe: FormatRecipe;
  raster: Raster;
  globalHeader: boolean;
}

/** An encoder that is ready for frames of the format its recipe's filters end in. */
export async function openEncoder({ recipe, raster, globalHeader }: EncoderOptions): Promise<CodecContext> {
  const codec = Codec.findEncoderByName(recipe.encoder)!;
  const context = new CodecContext();
  context.allocContext3(codec);
  context.width = raster.width;
  context.height = raster.height;
  context.pixelFormat = recipe.pixelFormat;
  context.timeBase = new Rational(raster.every, raster.fps);
  context.framerate = new Rational(raster.fps, raster.every);
  context.gopSize = SECONDS_BETWEEN_KEYFRAMES * raster.fps;
  context.sampleAspectRatio = new Rational(1, 1);
  context.threadCount = THREADS;
  context.setFlags(AV_CODEC_FLAG_BITEXACT);
  if (globalHeader) context.setFlags(AV_CODEC_FLAG_GLOBAL_HEADER);
  if (recipe.tagged) tagColours(context);
  try {
    check(await context.open2(codec, Dictionary.fromObject({ ...recipe.encoding })), 'opening the encoder');
    return context;
  } catch (error) {
    context.freeContext();
    throw error;
  }
}

function tagColours(context: CodecContext): void {
  context.colorRange = AVCOL_RANGE_MPEG;
  context.colorSpace = AVCOL_SPC_BT709;
  context.colorPrimaries = AVCOL_PRI_BT709;
  context.colorTrc = AVCOL_TRC_BT709;
  context.chromaLocation = AVCHROMA_LOC_LEFT;
}

/** Lend one frame, or null after the last; the packets it leads to are given to `take`, one at a time. */
export async function encode(
  context: CodecContext,
  frame: Frame | null,
  take: (packet: Packet) => Promise<void>,
): Promise<void> {
  check(await context.sendFrame(frame), 'encoding a frame');
  const packet = new Packet();
  packet.alloc();
  try {
    for (;;) {
      const answer = await context.receivePacket(packet);
      if (answer === AVERROR_EAGAIN || answer === AVERROR_EOF) return;
      check(answer, 'encoding a frame');
      packet.timeBase = context.timeBase;
      await take(packet);
      packet.unref();
    }
  } finally {
    packet.free();
  }
}
