import type { uploads } from '#lib/db/schema/media';

export type ImageFormat = (typeof uploads.$inferSelect)['format'];

/** The names each format goes by in a Content-Type; the first is the one we send. */
const CONTENT_TYPES: Record<ImageFormat, readonly [string, ...string[]]> = {
  jpeg: ['image/jpeg', 'image/jpg', 'image/pjpeg', 'image/jfif'],
  png: ['image/png', 'image/x-png', 'image/apng', 'image/vnd.mozilla.apng'],
  webp: ['image/webp'],
  bmp: ['image/bmp', 'image/x-bmp', 'image/x-ms-bmp', 'image/x-windows-bmp'],
  tiff: ['image/tiff', 'image/tif', 'image/x-tiff', 'image/x-tif'],
  gif: ['image/gif'],
};
/** What a sender writes who does not know. */
const NO_CLAIM = new Set(['', 'application/octet-stream', 'binary/octet-stream', 'image/*', '*/*']);

export const ACCEPTED_TYPES: readonly string[] = Object.values(CONTENT_TYPES).map(([name]) => name);
export const ACCEPTED_FORMATS = 'JPEG, PNG, WebP, BMP, TIFF and GIF';

/** How many bytes at the beginning of a file `detectFormat` and `nameForeignFormat` look at. */
export const HEAD_BYTES = 512;

export function contentTypeOf(format: ImageFormat): string {
  return CONTENT_TYPES[format][0];
}

/** Whether what the sender said of the file (null: nothing) can be true of this format. */
export function claimFits(claim: string | null, format: ImageFormat): boolean {
  const name = (claim ?? '').split(';')[0]!.trim().toLowerCase();
  return NO_CLAIM.has(name) || CONTENT_TYPES[format].includes(name);
}

/** The format of a file by its first bytes, or null where it is none of those accepted. */
export function detectFormat(head: Buffer): ImageFormat | null {
  const text = head.toString('latin1', 0, 16);
  if (text.startsWith('\xFF\xD8\xFF')) return 'jpeg';
  if (text.startsWith('\x89PNG\r\n\x1A\n')) return 'png';
  if (text.startsWith('RIFF') && text.slice(8, 12) === 'WEBP') return 'webp';
  if (text.startsWith('GIF87a') || text.startsWith('GIF89a')) return 'gif';
  if (isTiff(text)) return 'tiff';
  return isBmp(head) ? 'bmp' : null;
}

/** TIFF and BigTIFF of either byte order, but not the camera raw files that borrow the signature. */
function isTiff(text: string): boolean {
  const signed = ['II*\0', 'II+\0', 'MM\0*', 'MM\0+'].some((signature) => text.startsWith(signature));
  return signed && text.slice(8, 10) !== 'CR';
}

/** `BM` alone begins many a text, so the size of the header behind it has to be one that exists too. */
function isBmp(head: Buffer): boolean {
  const headerSizes = [12, 16, 40, 52, 56, 64, 108, 124];
  return (
    head.length >= 18 && head.toString('latin1', 0, 2) === 'BM' && headerSizes.includes(head.readUInt32LE(14))
  );
}

/** A name for a well-known format that is not accepted, so that the refusal can say it; null where unknown. */
export function nameForeignFormat(head: Buffer): string | null {
  const text = head.toString('latin1', 0, HEAD_BYTES);
  if (text.slice(4, 8) === 'ftyp') return /^(avif|avis)/.test(text.slice(8, 12)) ? 'AVIF' : nameByBrand(text);
  if (text.startsWith('\0\0\x01\0')) return 'ICO';
  if (text.startsWith('8BPS')) return 'PSD';
  if (text.startsWith('%PDF')) return 'PDF';
  if (/<svg[\s>]/i.test(text)) return 'SVG';
  return null;
}

function nameByBrand(text: string): string {
  return /^(hei|hev|mif1|msf1)/.test(text.slice(8, 12)) ? 'HEIC' : 'video';
}
