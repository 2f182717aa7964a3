import { crc32 } from 'node:zlib';

/** Bytes of a PNG's signature and its first chunk, IHDR. */
const HEADER_BYTES = 33;

/**
 * A PNG file with a text under the keyword `Comment`, in pieces to be written one after the other. It stands before the
 * pixels, where every reader looks. What sharp could write instead is XMP in a compressed profile of ImageMagick's, which
 * few programs know.
 */
export function withComment(png: Buffer, text: string): Buffer[] {
  return [png.subarray(0, HEADER_BYTES), textChunk('Comment', text), png.subarray(HEADER_BYTES)];
}

/** A `tEXt` chunk (PNG, third edition, 11.3.3.3): length, type, keyword, NUL, text, checksum of all but the length. */
function textChunk(keyword: string, text: string): Buffer {
  const body = Buffer.from(`tEXt${keyword}\0${text}`, 'latin1');
  const [length, checksum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length - 4);
  checksum.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, checksum]);
}
