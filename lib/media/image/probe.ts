import { readFile } from 'node:fs/promises';
import sharp, { type Metadata } from 'sharp';
import type { uploads } from '#lib/db/schema/media';
import { decodeBmp } from './bmp.ts';
import { readBmpHeader } from './bmp-header.ts';
import { DECODE_OPTIONS, readHead } from './decode.ts';
import { claimFits, contentTypeOf, detectFormat, type ImageFormat, nameForeignFormat } from './format.ts';
import {
  animated,
  badDimensions,
  MAX_SIDE,
  MIN_SIDE,
  typeMismatch,
  unreadable,
  unsupportedType,
} from './image-errors.ts';
import { inspectPng } from './png-chunks.ts';

/** What is known of a picture once it has been checked. Pixels are counted after the EXIF orientation. */
export type ImageFacts = Pick<
  typeof uploads.$inferSelect,
  'format' | 'contentType' | 'width' | 'height' | 'mode' | 'hasAlpha'
>;

/** Nothing that small takes so long by right. */
const LONGEST_DECODE_S = 30;

/**
 * Decide whether a file is a picture we take: by its bytes, not its name. Nothing is decoded before the header has
 * shown that the size is sound, and everything is decoded before the picture is accepted, since a header proves
 * nothing.
 * @param claim the Content-Type it was sent with, or null
 *
 * Throws AppError `unsupported_media_type`, `image_type_mismatch`, `image_dimensions`, `image_animated` or
 * `image_unreadable`.
 */
export async function probeImage(path: string, claim: string | null): Promise<ImageFacts> {
  const head = await readHead(path);
  const format = detectFormat(head);
  if (!format) throw unsupportedType(nameForeignFormat(head));
  if (!claimFits(claim, format)) throw typeMismatch(claim!, format);
  return format === 'bmp' ? probeBmp(path) : probeWithSharp(path, format);
}

async function probeWithSharp(path: string, format: ImageFormat): Promise<ImageFacts> {
  const png = format === 'png' ? await inspectPng(await readFile(path)) : null;
  const metadata = await readMetadata(path, format);
  const { width, height } = metadata.autoOrient;
  checkDimensions(width, height);
  const frames = metadata.pages ?? 1;
  if (frames > 1 || png?.animated) throw animated(format);
  await proveReadable(path);
  const { space: mode, hasAlpha } = metadata;
  return { format, contentType: contentTypeOf(format), width, height, mode, hasAlpha };
}

/** The header alone; the limit on pixels is ours to check, so that its refusal can say the size. */
async function readMetadata(path: string, format: ImageFormat): Promise<Metadata> {
  const metadata = await sharp(path, { ...DECODE_OPTIONS, limitInputPixels: false })
    .metadata()
    .catch((error: unknown) => {
      throw unreadable(error);
    });
  if (metadata.format !== format) throw unreadable();
  return metadata;
}

/**
 * Decode every pixel and keep none: shrinking streams the rows through a few megabytes (a JPEG or WebP of 4096² in 32
 * and 180 ms), where `stats()` and a raw buffer take ten times the memory.
 */
async function proveReadable(path: string): Promise<void> {
  await sharp(path, { ...DECODE_OPTIONS, sequentialRead: true })
    .resize(8, 8, { fit: 'fill' })
    .timeout({ seconds: LONGEST_DECODE_S })
    .raw()
    .toBuffer()
    .catch((error: unknown) => {
      throw unreadable(error);
    });
}

async function probeBmp(path: string): Promise<ImageFacts> {
  const file = await readFile(path);
  const { width, height } = readBmpHeader(file);
  checkDimensions(width, height);
  const { channels } = decodeBmp(file);
  const hasAlpha = channels === 4;
  return { format: 'bmp', contentType: contentTypeOf('bmp'), width, height, mode: 'srgb', hasAlpha };
}

function checkDimensions(width: number, height: number): void {
  if (Math.min(width, height) < MIN_SIDE || Math.max(width, height) > MAX_SIDE)
    throw badDimensions(width, height);
}
