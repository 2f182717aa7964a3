import { rm } from 'node:fs/promises';
import { AV_LOG_ERROR } from 'node-av/constants';
import { type CodecContext, Log } from 'node-av/lib';
import { type Container, openContainer } from './container.ts';
import { encode, openEncoder } from './encoder.ts';
import { filtersOf, rasterOf, RECIPES, type VideoFormat } from './formats.ts';
import { openFilter, type PictureFilter, type RgbFrame } from './picture-filter.ts';

export interface VideoSpec {
  format: VideoFormat;
  /** Pixels, both even. */
  width: number;
  height: number;
  /** Whole frames a second. */
  fps: number;
  /** Text kept in the file's `comment`, where the format has one (MP4 and WebM). */
  stamp: string | null;
}

/** A video file that is being written. Each call has to end before the next. */
export interface VideoFile {
  /** Pixels it has: fewer than its frames, where the format has limits. */
  readonly width: number;
  readonly height: number;
  /** Encode the next frame; resolves once the encoder has taken it, so that only a few are ever in memory. */
  write(frame: RgbFrame): Promise<void>;
  /** Write what is still inside, and close. */
  finish(): Promise<void>;
  /** Close and leave no file; also after a write that failed. */
  abort(): Promise<void>;
}

/**
 * Start a video file at `path`. Memory does not grow with its length, and the same frames make the same bytes. Throws
 * AppError `storage_full` or `internal`, as everything about it does.
 */
export async function openVideo(path: string, spec: VideoSpec): Promise<VideoFile> {
  Log.setLevel(AV_LOG_ERROR);
  const recipe = RECIPES[spec.format];
  const raster = rasterOf(spec.format, spec);
  const closing: (() => void | Promise<void>)[] = [];
  const close = async () => {
    for (const part of closing.splice(0).toReversed()) await part();
  };
  try {
    const container = openContainer(path, recipe, spec.stamp);
    closing.push(() => container.close());
    const encoder = await openEncoder({ recipe, raster, globalHeader: container.wantsGlobalHeader });
    closing.push(() => encoder.freeContext());
    const filter = openFilter(filtersOf(spec.format, raster), spec, spec.fps);
    closing.push(() => filter.close());
    await container.start(encoder);
    return videoFile(path, { container, encoder, filter, close, size: raster });
  } catch (error) {
    await close();
    throw error;
  }
}

interface Parts {
  filter: PictureFilter;
  encoder: CodecContext;
  container: Container;
  size: { width: number; height: number };
  /** Give back what they hold; a second time does nothing. */
  close(): Promise<void>;
}

function videoFile(path: string, { filter, encoder, container, size, close }: Parts): VideoFile {
  let pushed = 0;
  const push = (frame: RgbFrame | null) =>
    filter.push(frame, pushed++, (filtered) => encode(encoder, filtered, container.write));
  return {
    width: size.width,
    height: size.height,
    write: push,
    async finish() {
      await push(null);
      await encode(encoder, null, container.write);
      await container.finish();
      await close();
    },
    async abort() {
      await close();
      await rm(path, { force: true });
    },
  };
}
