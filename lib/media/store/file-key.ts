const SEGMENT = /^[A-Za-z0-9][A-Za-z0-9._-]*$/;
const LONGEST_KEY = 512;

/**
 * Check that a key is one of ours: segments of letters, digits, `.`, `_` and `-`, none of which begins with a dot,
 * joined by `/`. Such a key cannot name anything outside the store. Throws a plain Error: a bad key is a bug, since
 * nothing a caller sends becomes one.
 */
export function checkKey(key: string): string {
  const sound = key.length <= LONGEST_KEY && key.split('/').every((segment) => SEGMENT.test(segment));
  if (!sound) throw new Error(`Not a file key: ${JSON.stringify(key)}`);
  return key;
}

/** Every folder of uploads, by the digits that its contents' hashes begin with. */
export const UPLOAD_FOLDERS: readonly string[] = Array.from({ length: 256 }, (_, first) =>
  first.toString(16).padStart(2, '0'),
);

export function uploadFolder(digits: string): string {
  return `uploads/${digits}`;
}

/** Where an upload's bytes lie: once for each content, however often it is sent. */
export function uploadKey(sha256: string): string {
  return `${uploadFolder(sha256.slice(0, 2))}/${sha256}`;
}
