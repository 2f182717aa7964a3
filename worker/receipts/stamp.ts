import { type Circumstances, factsOf } from './facts.ts';

/**
 * What the files of a run carry in their own metadata: its facts, as compact JSON in ASCII, which any format can hold.
 * There is nothing in it that two runs of one request differ in. Null where it was asked not to be there.
 */
export async function stampOf(run: Circumstances): Promise<string | null> {
  if (run.params['embed_metadata'] !== true) return null;
  return toAscii(JSON.stringify({ app: 'multiplane', ...(await factsOf(run)) }));
}

function toAscii(json: string): string {
  return json.replaceAll(/[\u0080-\uffff]/g, (unit) => {
    return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}
