import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, resolve } from 'node:path';

/** How one thing is done over the API, for a shell and in TypeScript. */
export interface Example {
  shell?: string;
  typescript?: string;
}

/** Whole files that the tests run; what is shown of them stands in regions that bear names. */
const FOLDER = resolve(/* turbopackIgnore: true */ 'docs/examples');
const LANGUAGES: Readonly<Record<string, keyof Example>> = { '.sh': 'shell', '.ts': 'typescript' };
const REGION = /^[ \t]*(?:\/\/|#) #region (?<name>\w+)\n(?<code>[\s\S]*?)^[ \t]*(?:\/\/|#) #endregion$/gm;

let examples: ReadonlyMap<string, Example> | undefined;

/** Every example by its name, which is an operation's id where it is of just that operation. */
export function readExamples(): ReadonlyMap<string, Example> {
  examples ??= collect();
  return examples;
}

function collect(): Map<string, Example> {
  const found = new Map<string, Example>();
  for (const file of readdirSync(FOLDER)) {
    const language = LANGUAGES[extname(file)];
    if (!language) continue;
    for (const { groups } of readFileSync(join(FOLDER, file), 'utf8').matchAll(REGION)) {
      const { name, code } = groups as { name: string; code: string };
      found.set(name, { ...found.get(name), [language]: outdent(code) });
    }
  }
  return found;
}

/** Lines moved to the left margin together. */
function outdent(code: string): string {
  const lines = code.trimEnd().split('\n');
  const margins = lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/));
  const margin = Math.min(...margins);
  return lines.map((line) => line.slice(margin)).join('\n');
}
