const LONGEST = 120;

/** A sender's file name as something to show, never a path: its last part, without control characters. */
export function displayName(filename: string): string {
  const last = filename.split(/[/\\]/).at(-1)!;
  const clean = last.normalize('NFC').replaceAll(/\p{C}/gu, '').trim();
  return Array.from(clean).slice(0, LONGEST).join('') || 'picture';
}
