import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { ownModels } from '#lib/models/catalogue/own';
import { hasVulkan, SWIFTSHADER, VULKAN_NEEDS } from '#tests/software-vulkan';
import { temporaryFolder } from '#tests/temporary-folder';

const SCRIPT = 'tests/graph-answers.ts';
/** Of the largest value that the CPU gives. */
const TOLERANCE = 1e-3;
const isHere = ownModels().some(({ id }) => id === 'wan-mini');

/** What every graph answers on a provider, by graph and output. */
async function answersOn(provider: string): Promise<Record<string, number[]>> {
  const file = join(temporaryFolder(), `${provider}.json`);
  const env = { ...process.env, VK_ICD_FILENAMES: SWIFTSHADER };
  await promisify(execFile)(process.execPath, ['--import', 'tsx', SCRIPT, 'wan-mini', provider, file], {
    env,
  });
  return JSON.parse(await readFile(file, 'utf8'));
}

test.skipIf(!isHere || !hasVulkan)(
  `every graph of wan-mini gives on WebGPU what it gives on the CPU (${VULKAN_NEEDS})`,
  async () => {
    const [cpu, webgpu] = await Promise.all([answersOn('cpu'), answersOn('webgpu')]);
    expect(Object.keys(webgpu)).toEqual(Object.keys(cpu));
    for (const [output, values] of Object.entries(cpu)) {
      const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
      const error = values.reduce(
        (most, value, at) => Math.max(most, Math.abs(value - webgpu[output]![at]!)),
        0,
      );
      // Some of what a decoder begins with is nothing at all.
      expect(error, output).toBeLessThanOrEqual(TOLERANCE * largest);
    }
  },
);
