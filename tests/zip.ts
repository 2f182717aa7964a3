import { crc32 } from './images.ts';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;

/**
 * The files of a ZIP archive by their paths, read as its central directory lists them: stored without compression, under
 * UTF-8 names. Throws an Error where anything of it is not sound.
 */
export function readZip(zip: Buffer): Map<string, Buffer> {
  const end = zip.length - END_BYTES;
  expectSignature(zip, end, END);
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    expectSignature(zip, at, ENTRY);
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const path = zip.toString('utf8', at + 46, at + 46 + nameBytes!);
    if (files.has(path)) throw new Error(`${path} is there twice.`);
    files.set(path, readFile(zip, at));
    at += 46 + nameBytes! + extraBytes! + commentBytes!;
  }
  if (at !== end) throw new Error('The central directory does not end where it says.');
  return files;
}

/** The file of the directory's entry at `at`. */
function readFile(zip: Buffer, at: number): Buffer {
  const [method, flags] = [zip.readUInt16LE(at + 10), zip.readUInt16LE(at + 8)];
  if (method !== 0 || (flags & 0x800) === 0) throw new Error('Not stored, or not under a UTF-8 name.');
  const local = zip.readUInt32LE(at + 42);
  expectSignature(zip, local, LOCAL);
  const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  const file = zip.subarray(start, start + zip.readUInt32LE(at + 24));
  if (crc32(file) !== zip.readUInt32LE(at + 16)) throw new Error('The checksum is wrong.');
  return file;
}

function expectSignature(zip: Buffer, at: number, signature: number): void {
  if (at < 0 || zip.readUInt32LE(at) !== signature) throw new Error(`No ${signature.toString(16)} at ${at}.`);
}
