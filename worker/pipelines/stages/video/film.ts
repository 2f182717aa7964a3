import { join } from 'node:path';
import sharp from 'sharp';
import { AppError } from '#lib/core/errors';
import { openVideo, type VideoFile } from '#worker/engines/video/video-file';
import type { StageContext, WrittenFile } from '#worker/pipelines/run';
import type { Picture, Size } from '#worker/pipelines/raster/size';
import { contactSheet } from './contact-sheet.ts';

export interface FilmSpec extends Size {
  /** Whole frames a second. */
  fps: number;
  frameCount: number;
  /** What to make beside the MP4. */
  extraFormat: 'none' | 'webm' | 'gif' | 'webp';
}

type Format = 'mp4' | Exclude<FilmSpec['extraFormat'], 'none'>;

const CONTENT_TYPES = { mp4: 'video/mp4', webm: 'video/webm', gif: 'image/gif', webp: 'image/webp' } as const;

/**
 * Write frames as the job's video, with a poster (the first frame), a contact sheet and the extra format. Frames are
 * encoded as they come and let go: memory does not grow with their number. The next one is asked for once the one
 * before is encoded, so whoever can make several at a time makes them ahead. Each is of the size told, both sides
 * even, and stays as it is once handed over. Throws AppError `cancelled` between frames, `storage_full` or `internal`.
 */
export async function film(
  context: StageContext,
  frames: AsyncIterable<Picture>,
  spec: FilmSpec,
): Promise<WrittenFile[]> {
  const formats: Format[] = spec.extraFormat === 'none' ? ['mp4'] : ['mp4', spec.extraFormat];
  const sheet = contactSheet(spec);
  const videos = new Map<Format, VideoFile>();
  try {
    for (const format of formats) {
      const path = join(context.outDir, nameOf(format));
      videos.set(format, await openVideo(path, { ...spec, format, stamp: context.stamp }));
    }
    let count = 0;
    for await (const frame of frames) {
      if (count === 0) await writePoster(join(context.outDir, 'poster.jpg'), frame);
      for (const video of videos.values()) await video.write(frame);
      await sheet.look(frame, count);
      context.preview(frame);
      context.progress(++count, spec.frameCount);
    }
    if (count !== spec.frameCount) throw wrongCount(count, spec.frameCount);
    for (const video of videos.values()) await video.finish();
  } catch (error) {
    for (const video of videos.values()) await video.abort();
    throw error;
  }
  await sheet.write(join(context.outDir, 'contact_sheet.jpg'));
  return [
    ...[...videos].map(([format, video]) => videoRecord(format, video)),
    pictureRecord('poster.jpg', 'poster', spec),
    pictureRecord('contact_sheet.jpg', 'contact-sheet', sheet.size),
  ];
}

function nameOf(format: Format): string {
  return `video.${format}`;
}

async function writePoster(path: string, { width, height, rgb }: Picture): Promise<void> {
  await sharp(rgb, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 90 })
    .toFile(path);
}

function wrongCount(count: number, expected: number): AppError {
  return new AppError('internal', `The video was to have ${expected} frames, and ${count} were made.`);
}

function videoRecord(format: Format, { width, height }: Size): WrittenFile {
  const role = format === 'mp4' ? 'result' : 'video';
  return { name: nameOf(format), role, contentType: CONTENT_TYPES[format], width, height };
}

function pictureRecord(name: string, role: string, { width, height }: Size): WrittenFile {
  return { name, role, contentType: 'image/jpeg', width, height };
}
