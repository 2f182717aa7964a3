import { unescapeHtml } from './html-entities.ts';
import { repairMojibake } from './mojibake.ts';

/**
 * A prompt as the text encoders were trained to read it: wrongly decoded text repaired, typographic quotes straight,
 * composed letters, HTML's escapes written out (twice, as they come from pages that escaped them twice), and single spaces.
 */
export function cleanPrompt(prompt: string): string {
  const repaired = repairMojibake(prompt)
    .replace(/[‘’‚‛]/g, "'")
    .replace(/[“”„‟]/g, '"')
    .normalize('NFC');
  return unescapeHtml(unescapeHtml(repaired)).trim().replace(/\s+/g, ' ');
}
