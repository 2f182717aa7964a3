import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { unreadable } from './image-errors.ts';

const SIGNATURE_BYTES = 8;
/** Length, type and checksum around a chunk's data. */
const CHUNK_OVERHEAD_BYTES = 12;
/** What all compressed texts and profiles of one picture may grow to; libpng itself would take gigabytes. */
const MOST_METADATA_BYTES = 16 * 1024 * 1024;
const COMPRESSED_CHUNKS = new Set(['zTXt', 'iTXt', 'iCCP']);

const inflateAsync = promisify(inflate);

interface Chunk {
  type: string;
  data: Buffer;
}

/**
 * Look through a PNG before a decoder does, for what decoders do not guard against: texts that unpack to gigabytes are
 * refused with AppError `image_unreadable`, and an animation (APNG, which decoders show as a still picture) is told.
 */
export async function inspectPng(file: Buffer): Promise<{ animated: boolean }> {
  let animated = false;
  let metadataBytes = 0;
  for (const { type, data } of chunksOf(file)) {
    if (type === 'acTL' && data.length >= 4) animated ||= data.readUInt32BE(0) > 1;
    if (COMPRESSED_CHUNKS.has(type)) {
      metadataBytes += await unpackedBytes(type, data, MOST_METADATA_BYTES - metadataBytes);
    }
  }
  return { animated };
}

function* chunksOf(file: Buffer): Generator<Chunk> {
  let position = SIGNATURE_BYTES;
  while (position + CHUNK_OVERHEAD_BYTES <= file.length) {
    const length = file.readUInt32BE(position);
    const start = position + 8;
    yield { type: file.toString('latin1', position + 4, start), data: file.subarray(start, start + length) };
    position += CHUNK_OVERHEAD_BYTES + length;
  }
}

/** Bytes a chunk unpacks to, which may be at most `room`. Data that is no zlib stream harms nobody: 0. */
async function unpackedBytes(type: string, data: Buffer, room: number): Promise<number> {
  const packed = packedPart(type, data);
  if (!packed) return data.length;
  try {
    const unpacked = await inflateAsync(packed, { maxOutputLength: Math.max(room, 1) });
    return unpacked.length;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw unreadable(error);
    return 0;
  }
}

/** What follows keyword, compression flag and method (and, in iTXt, language and translation); null if not packed. */
function packedPart(type: string, data: Buffer): Buffer | null {
  const keywordEnd = data.indexOf(0);
  if (keywordEnd < 0) return null;
  if (type !== 'iTXt') return data.subarray(keywordEnd + 2);
  if (data[keywordEnd + 1] !== 1) return null;
  const languageEnd = data.indexOf(0, keywordEnd + 3);
  const translationEnd = data.indexOf(0, languageEnd + 1);
  return languageEnd < 0 || translationEnd < 0 ? null : data.subarray(translationEnd + 1);
}
