import { readFile, writeFile } from 'node:fs/promises';

export async function writeJson(path: string, value: unknown): Promise<void> {
  await writeFile(path, `${JSON.stringify(value, null, 2)}\n`);
}

/** Read back what another stage of this job wrote; its hash was checked, so its shape is taken as given. */
export async function readJson<T>(path: string): Promise<T> {
  return JSON.parse(await readFile(path, 'utf8')) as T;
}
