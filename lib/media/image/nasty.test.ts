import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, onTestFinished, test } from 'vitest';
import { testDatabase } from '#tests/database';
import { makeUser, NOW } from '#tests/factories';
import {
  buildBmp,
  drawAnimatedPng,
  drawAnimation,
  drawPicture,
  drawPngClaiming,
  drawPngTextBomb,
} from '#tests/images';
import { temporaryFolder } from '#tests/temporary-folder';
import { openImage } from './decode.ts';
import { DiskStore } from '../store/disk-store.ts';
import { uploadKey } from '../store/file-key.ts';
import { takeIn } from '../intake.ts';
import { discardUpload } from '../uploads.ts';
import { receiveFile } from '../receive.ts';

const MAX_BYTES = 10 * 1024 * 1024;
const NASTY = resolve('../shared/fixtures/nasty');

interface Outcome {
  code: string;
  width?: number;
  height?: number;
}

/** Send bytes through the whole intake and say how it ended. Nothing may stay behind, whatever happens. */
async function send(bytes: Buffer, claim: string | null = null): Promise<Outcome> {
  const db = await testDatabase();
  const root = temporaryFolder();
  const store = new DiskStore(root);
  const workspace = await store.openWorkspace();
  const actor = await makeUser(db);
  onTestFinished(async () => {
    expect(readdirSync(join(root, '.incoming'))).toEqual([]);
    expect(await store.list('uploads')).toEqual([]);
  });
  try {
    const file = await receiveFile(store, Readable.from(chunks(bytes)), MAX_BYTES);
    const sent = { field: 'image', filename: 'x', claim, file };
    const upload = await takeIn(db, store, actor, sent, NOW).finally(file.discard);
    const opened = await openImage(await workspace.materialize(uploadKey(upload.sha256)));
    const { info } = await opened.raw().toBuffer({ resolveWithObject: true });
    expect([info.width, info.height]).toEqual([upload.width, upload.height]);
    expect([3, 4]).toContain(info.channels);
    await discardUpload(db, store, actor, upload.id);
    return { code: 'taken', width: upload.width, height: upload.height };
  } catch (error) {
    return { code: (error as { code?: string }).code ?? String(error) };
  }
}

function* chunks(bytes: Buffer): Generator<Buffer> {
  for (let at = 0; at < bytes.length; at += 64 * 1024) yield bytes.subarray(at, at + 64 * 1024);
}

const taken = (width: number, height: number): Outcome => ({ code: 'taken', width, height });
const refused = (code: string): Outcome => ({ code });
const landscape = taken(600, 450);

/** What has to become of every file in the shared folder of nasty ones. */
const EXPECTED: Record<string, Outcome> = {
  'anim_1x1_grey_alpha.gif': refused('image_dimensions'),
  'anim_apng_ball.png': refused('image_animated'),
  'anim_rotating-squares.webp': refused('image_animated'),
  'anim_rotating-squares_CC0.gif': refused('image_animated'),
  'anim_undersized_frame.gif': refused('image_animated'),
  'bmpsuite_badrle.bmp': refused('image_unreadable'),
  'exif_Landscape_2.jpg': landscape,
  'exif_Landscape_3.jpg': landscape,
  'exif_Landscape_5.jpg': landscape,
  'exif_Landscape_6.jpg': landscape,
  'exif_Landscape_8.jpg': landscape,
  'exif_hopper_orientation_6.webp': taken(128, 128),
  'exif_rot1mir0.avif': refused('unsupported_media_type'),
  'exif_xmp_tags_orientation.png': taken(326, 268),
  'fmt_hopper.avif': refused('unsupported_media_type'),
  'fmt_hopper.bmp': taken(128, 128),
  'fmt_hopper.ico': refused('unsupported_media_type'),
  'fmt_hopper.psd': refused('unsupported_media_type'),
  'fmt_hopper_hevc.heif': refused('unsupported_media_type'),
  'fmt_multipage_g3.tif': refused('image_animated'),
  'fmt_svg_embedded_image.svg': refused('unsupported_media_type'),
  'imagers_Bad_reallybig.bmp': refused('image_dimensions'),
  'ir_version_too_old_super_resolution_2017.onnx': refused('unsupported_media_type'),
  'libheif_clap_overflow.heic': refused('unsupported_media_type'),
  'pillow_16bit_rgb.tiff': refused('image_dimensions'),
  'pillow_broken_data_stream.png': refused('image_unreadable'),
  'pillow_cmyk.jpg': taken(100, 100),
  'pillow_decompression_bomb.gif': refused('image_unreadable'),
  'pillow_decompression_bomb.ico': refused('unsupported_media_type'),
  'pillow_gray.jpg': taken(128, 128),
  'pillow_hopper_bad_exif.jpg': taken(500, 500),
  'pillow_icc_profile_big.jpg': taken(425, 250),
  'pillow_idat_after_image_end.png': taken(128, 128),
  'pillow_jpeg_ff00_header.jpg': taken(300, 225),
  'pillow_junk_jpeg_header.jpg': taken(1024, 768),
  'pillow_png_decompression_dos_ztxt.png': refused('image_dimensions'),
  'pillow_pngtest_bad.png': refused('unsupported_media_type'),
  'pillow_truncated_end_chunk.png': taken(128, 128),
  'pillow_truncated_image.png': refused('image_unreadable'),
  'sharp_65536x65536_bomb.png': refused('image_dimensions'),
  'sharp_cielab.tiff': taken(400, 266),
  'sharp_cmyk_no_profile.jpg': taken(500, 333),
  'sharp_corrupt-header.jpg': refused('image_unreadable'),
  'sharp_display-p3.png': refused('image_dimensions'),
  'sharp_gain-map_hdr.jpg': taken(3840, 2160),
  'sharp_giant-image.jpg': refused('image_dimensions'),
  'sharp_rgb16_trns.png': refused('image_dimensions'),
  'sharp_truncated.jpg': refused('image_unreadable'),
  'skimage_truncated_400B.jpg': refused('image_unreadable'),
  'unregistered_custom_op_supres.onnx': refused('unsupported_media_type'),
};

describe.skipIf(!existsSync(NASTY))('the shared nasty files (skipped where ../shared is missing)', () => {
  test('every one of them has its expectation here', () => {
    const present = existsSync(NASTY) ? readdirSync(NASTY).map((path) => basename(path)) : [];
    expect(present.sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  test.each(Object.entries(EXPECTED))('%s', async (name, expected) => {
    expect(await send(readFileSync(resolve(NASTY, name)))).toEqual(expected);
  });
});

const png = () => drawPicture(100, 90).png().toBuffer();
const cut = async (bytes: Promise<Buffer>, share = 0.9) => {
  const whole = await bytes;
  return whole.subarray(0, Math.floor(whole.length * share));
};

describe('nasty files of our own drawing', () => {
  const files: [string, () => Promise<Buffer> | Buffer, string][] = [
    ['nothing at all', () => Buffer.alloc(0), 'unsupported_media_type'],
    ['one byte', () => Buffer.from([0xff]), 'unsupported_media_type'],
    ['a text', () => Buffer.from('BM, he said, is not a picture.'), 'unsupported_media_type'],
    ['a web page', () => Buffer.from('<!doctype html><script>1</script>'), 'unsupported_media_type'],
    ['a JPEG marker alone', () => Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'image_unreadable'],
    ['a PNG of 63 pixels', () => drawPicture(63, 90).png().toBuffer(), 'image_dimensions'],
    ['a JPEG of 4097 pixels', () => drawPicture(4097, 64).jpeg().toBuffer(), 'image_dimensions'],
    ['a pixel bomb', () => drawPngClaiming(60_000, 60_000), 'image_dimensions'],
    ['a PNG with fewer rows than it says', () => drawPngClaiming(80, 4_000), 'image_unreadable'],
    ['an animated GIF', () => drawAnimation('gif'), 'image_animated'],
    ['an animated WebP', () => drawAnimation('webp'), 'image_animated'],
    ['an animated PNG', drawAnimatedPng, 'image_animated'],
    ['a PNG with texts that unpack to gigabytes', drawPngTextBomb, 'image_unreadable'],
    ['a truncated JPEG', () => cut(drawPicture(300, 300).jpeg().toBuffer()), 'image_unreadable'],
    [
      'a truncated progressive JPEG',
      () => cut(drawPicture(300, 300).jpeg({ progressive: true }).toBuffer()),
      'image_unreadable',
    ],
    ['a truncated PNG', () => cut(png()), 'image_unreadable'],
    ['a truncated WebP', () => cut(drawPicture(300, 300).webp().toBuffer()), 'image_unreadable'],
    ['a truncated GIF', () => cut(drawPicture(300, 300).gif().toBuffer()), 'image_unreadable'],
    ['a truncated TIFF', () => cut(drawPicture(300, 300).tiff().toBuffer()), 'image_unreadable'],
    [
      'a truncated BMP',
      () => buildBmp({ width: 80, height: 80, bitsPerPixel: 24, pixels: Buffer.alloc(9_000) }),
      'image_unreadable',
    ],
    [
      'a BMP of 2 gigapixels',
      () => buildBmp({ width: 50_000, height: 40_000, bitsPerPixel: 24, pixels: Buffer.alloc(9) }),
      'image_dimensions',
    ],
    ['one byte too many', () => Buffer.alloc(MAX_BYTES + 1), 'payload_too_large'],
  ];
  test.each(files)('%s is refused', async (_name, draw, code) => {
    expect(await send(await draw())).toEqual(refused(code));
  });

  const sound: [string, () => Promise<Buffer>, string | null, Outcome][] = [
    ['the smallest size', () => drawPicture(64, 64).png().toBuffer(), 'image/png', taken(64, 64)],
    ['the longest side', () => drawPicture(64, 4096).jpeg().toBuffer(), 'image/jpg', taken(64, 4096)],
    [
      'a grey 16-bit PNG',
      () => drawPicture(70, 80).toColourspace('grey16').png().toBuffer(),
      null,
      taken(70, 80),
    ],
    ['a still GIF', () => drawPicture(70, 80).gif().toBuffer(), 'application/octet-stream', taken(70, 80)],
    [
      'a still WebP',
      () => drawPicture(70, 80).webp().toBuffer(),
      'image/webp; charset=binary',
      taken(70, 80),
    ],
    [
      'a TIFF',
      () => drawPicture(70, 80).tiff({ compression: 'lzw' }).toBuffer(),
      'image/tiff',
      taken(70, 80),
    ],
    [
      'a JPEG lying on its side',
      () => drawPicture(70, 80).jpeg().withMetadata({ orientation: 6 }).toBuffer(),
      null,
      taken(80, 70),
    ],
  ];
  test.each(sound)('%s is taken', async (_name, draw, claim, expected) => {
    expect(await send(await draw(), claim)).toEqual(expected);
  });

  test.each(['image/jpeg', 'text/html', 'image/heic'])('a PNG sent as %s is refused', async (claim) => {
    expect(await send(await png(), claim)).toEqual(refused('image_type_mismatch'));
  });
});
