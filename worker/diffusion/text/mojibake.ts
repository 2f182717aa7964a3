/** What Windows-1252 has at 0x80..0x9f, with the controls of Latin-1 where it has nothing. Above, the two are one. */
const SPECIAL = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';
const HIGH_RUN = new RegExp(`[${SPECIAL}\x80-\xff]+`, 'g');
/** First bytes of what was by far most often read wrongly: accented letters, punctuation, emoji. */
const TELLING = /[\xc2\xc3\xe2\xf0]/;
const NON_ASCII = /[^\0-\x7f]/gu;
/** A text is hardly ever read wrongly more often. */
const DEPTH = 3;

/**
 * Text that was UTF-8 and read as Windows-1252 or Latin-1 (“cafÃ©”), as it was meant. It is left as it is unless every
 * run of its letters beyond ASCII is valid UTF-8, and there are two of them or a telling one: “CAFÉ»” would be valid too.
 */
export function repairMojibake(text: string): string {
  let repaired = text;
  for (let pass = 0; pass < DEPTH; pass++) repaired = decodeOnce(repaired);
  return repaired;
}

function decodeOnce(text: string): string {
  const runs = text.match(HIGH_RUN) ?? [];
  const decoded = runs.map(decodeRun);
  if (decoded.some((run) => run === null)) return text;
  const letters = decoded.join('').match(NON_ASCII)?.length ?? 0;
  if (letters < 2 && !TELLING.test(runs.join(''))) return text;
  return text.replace(HIGH_RUN, () => decoded.shift()!);
}

/** The text that a run's bytes are in UTF-8, or null. */
function decodeRun(run: string): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(run, byteOf));
  } catch {
    return null;
  }
}

function byteOf(letter: string): number {
  const place = SPECIAL.indexOf(letter);
  return place < 0 ? letter.charCodeAt(0) : 0x80 + place;
}
