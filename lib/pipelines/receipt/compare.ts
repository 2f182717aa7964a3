import type { Facts, Receipt } from './receipt.ts';

/** How a recorded output stands against what came when the job was done again. */
export interface OutputComparison {
  name: string;
  state: 'same' | 'differs' | 'missing';
}

/** Each output that a receipt names, against the receipt of another run. */
export function compareOutputs(recorded: Receipt, made: Receipt): OutputComparison[] {
  const hashes = new Map(made.outputs.map((output) => [output.name, output.comparable_sha256]));
  return recorded.outputs.map(({ name, comparable_sha256: expected }) => {
    const hash = hashes.get(name);
    if (hash === undefined) return { name, state: 'missing' };
    return { name, state: hash === expected ? 'same' : 'differs' };
  });
}

/** What was otherwise when a receipt was written, in sentences; empty where the runs were alike in all that it tells. */
export function compareFacts(recorded: Facts, made: Facts): string[] {
  const [then, now] = [factsByName(recorded), factsByName(made)];
  return [...new Set([...then.keys(), ...now.keys()])]
    .filter((name) => then.get(name) !== now.get(name))
    .map(
      (name) => `${name} was ${then.get(name) ?? 'not there'}, and is ${now.get(name) ?? 'not there'} here.`,
    );
}

function factsByName({ versions, device, models, params }: Facts): Map<string, string> {
  return new Map([
    ...Object.entries(versions),
    ...Object.entries(device),
    ['models', models.map(({ id }) => id).join(', ')],
    ...Object.entries(params).map(([name, value]): [string, string] => [name, JSON.stringify(value)]),
  ]);
}
