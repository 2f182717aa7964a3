import {
  AV_PIX_FMT_BGRA,
  AV_PIX_FMT_PAL8,
  AV_PIX_FMT_YUV420P,
  type AVPixelFormat,
  FF_ENCODER_GIF,
  FF_ENCODER_LIBSVTAV1,
  FF_ENCODER_LIBWEBP_ANIM,
  FF_ENCODER_LIBX264,
  type FFVideoEncoder,
} from 'node-av/constants';

export type VideoFormat = 'mp4' | 'webm' | 'gif' | 'webp';

/** How FFmpeg makes a format. */
export interface FormatRecipe {
  encoder: FFVideoEncoder;
  /** Name of the container among FFmpeg's. */
  container: string;
  /** From RGB to what the encoder takes, as FFmpeg's filters. */
  filter: string;
  /** What those end in. */
  pixelFormat: AVPixelFormat;
  /** Whether the file says what its colours mean: BT.709, as everything takes a video of these sizes for. */
  tagged: boolean;
  /** Pictures that are animated grow large: they are fitted into this many pixels, at no more than this many frames. */
  limits?: { longSide: number; fps: number };
  encoding: Readonly<Record<string, string>>;
  muxing: Readonly<Record<string, string>>;
}

/* Unless told, swscale turns RGB into BT.601: reds and greens come out shifted in a player that takes it for BT.709. */
const TO_YUV =
  'scale=out_color_matrix=bt709:out_range=tv:flags=bicubic+accurate_rnd+full_chroma_int,format=yuv420p';

/* The best 256 colours of each frame: of all frames they could be told only after the last. */
const TO_PALETTE =
  'split[a][b];[a]palettegen=stats_mode=single[p];[b][p]paletteuse=new=1:dither=bayer:bayer_scale=4';

export const RECIPES: Readonly<Record<VideoFormat, FormatRecipe>> = {
  /*
   * At 1280x720 on photos that move: 16 ms of processor time a frame, 45 to 49 dB on luma, 2 to 3 Mbit/s. `faster` took
   * half as much again for half a decibel. Macroblock trees (`mbtree`) made other bytes of the same frames at times,
   * in x264 165 with AVX-512; without them 120 runs were alike.
   */
  mp4: {
    encoder: FF_ENCODER_LIBX264,
    container: 'mp4',
    filter: TO_YUV,
    pixelFormat: AV_PIX_FMT_YUV420P,
    tagged: true,
    encoding: { preset: 'veryfast', crf: '18', mbtree: '0' },
    muxing: { movflags: '+faststart' },
  },
  webm: {
    encoder: FF_ENCODER_LIBSVTAV1,
    container: 'webm',
    filter: TO_YUV,
    pixelFormat: AV_PIX_FMT_YUV420P,
    tagged: true,
    encoding: { preset: '8', crf: '26' },
    muxing: {},
  },
  gif: {
    encoder: FF_ENCODER_GIF,
    container: 'gif',
    filter: TO_PALETTE,
    pixelFormat: AV_PIX_FMT_PAL8,
    tagged: false,
    limits: { longSide: 480, fps: 15 },
    encoding: {},
    muxing: { loop: '0' },
  },
  webp: {
    encoder: FF_ENCODER_LIBWEBP_ANIM,
    container: 'webp',
    filter: 'format=bgra',
    pixelFormat: AV_PIX_FMT_BGRA,
    tagged: false,
    limits: { longSide: 854, fps: 30 },
    encoding: { quality: '85', compression_level: '2' },
    muxing: { loop: '0' },
  },
};

/** Size in pixels, and frames: `fps / every` a second. */
export interface Raster {
  width: number;
  height: number;
  fps: number;
  every: number;
}

/** What a format makes of a video of this size and speed: smaller, and of every second frame or so, where it has limits. */
export function rasterOf(format: VideoFormat, video: Omit<Raster, 'every'>): Raster {
  const { limits } = RECIPES[format];
  if (!limits) return { ...video, every: 1 };
  const { width, height, fps } = video;
  const scale = Math.min(1, limits.longSide / Math.max(width, height));
  return {
    width: Math.round(width * scale),
    height: Math.round(height * scale),
    fps,
    every: Math.ceil(fps / limits.fps),
  };
}

/** The filters of a format, from frames as they are given to frames of its raster. */
export function filtersOf(format: VideoFormat, { width, height, fps, every }: Raster): string {
  const { filter, limits } = RECIPES[format];
  if (!limits) return filter;
  return `fps=${fps}/${every}:round=up,scale=${width}:${height}:flags=lanczos,${filter}`;
}
