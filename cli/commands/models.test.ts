import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { beforeEach, expect, it } from 'vitest';
import { findModel, listModels } from '#lib/models/catalogue';
import { exportedFolder } from '#lib/models/folders';
import { weightPath } from '#lib/models/weights';
import { exportModel } from '#tests/exported-model';
import { temporaryFolder } from '#tests/temporary-folder';
import { placeWeights } from '#tests/worker-context';

let weightsDir: string;

beforeEach(() => {
  weightsDir = temporaryFolder();
});

/** The command as a person runs it, in a process of its own. */
function multiplane(...args: string[]) {
  const command = ['--import', 'tsx', 'cli/index.ts', ...args];
  return spawnSync(process.execPath, command, { encoding: 'utf8', env: environment() });
}

function environment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    MULTIPLANE_WEIGHTS_DIR: weightsDir,
    MULTIPLANE_WEIGHTS_MIRROR: weightsDir,
    MULTIPLANE_MEMORY_BYTES: String(30 * 2 ** 30),
  };
}

function damagedWeight(id: string): string {
  const [weight] = findModel(id)?.weights ?? [];
  if (!weight) throw new Error(`no model ${id}`);
  const path = weightPath(weightsDir, weight);
  writeFileSync(path, '');
  truncateSync(path, weight.sizeBytes);
  return path;
}

/** A file of an exported model that has its size, and is not what its index says. */
function damagedExport(id: string): string {
  exportModel(weightsDir, id);
  const path = join(exportedFolder(weightsDir, id), 'transformer.onnx');
  writeFileSync(path, 'TRANSFORMER.ONNX');
  return path;
}

it('finds damaged weights and says how to get them back; it removes what can be fetched, and nothing else', () => {
  const path = damagedWeight('tcmonodepth-small');
  const exported = damagedExport('wan2.1-t2v-1.3b');
  expect(multiplane('models', 'list').stdout).toMatch(/tcmonodepth-small .* present/);
  const verify = multiplane('models', 'verify');
  expect(verify.status).toBe(1);
  expect(verify.stdout).toContain('corrupt');
  expect(verify.stderr).toContain('models download tcmonodepth-small');
  expect(verify.stderr).toContain('python tools/wan/export.py FOLDER --model wan2.1-t2v-1.3b');
  expect([path, exported].map(existsSync)).toEqual([false, true]);
  const list = multiplane('models', 'list').stdout;
  expect(list).toMatch(/tcmonodepth-small .* missing/);
  expect(list).toMatch(/wan2.1-t2v-14b .* by-hand .* not made .* 64.2 GB/);
  expect(list).toContain('needs 64.2 GB of memory, and this machine has 30 GB.');
});

it('fetches all there is on request, and leaves alone what is here', () => {
  placeWeights(weightsDir);
  const { status, stdout } = multiplane('models', 'download', '--all');
  const offered = listModels().filter(({ setUp }) => setUp !== 'by-hand' && setUp !== 'by-name');
  const states = offered.map(({ id, weights }) =>
    weights.length > 0 ? `${id}: already here` : `${id}: needs no weights of its own`,
  );
  expect({ status, lines: stdout.trim().split('\n').sort() }).toEqual({ status: 0, lines: states.sort() });
});

it('ends in silence when whoever reads the list has seen enough', async () => {
  const list = spawn(process.execPath, ['--import', 'tsx', 'cli/index.ts', 'models', 'list'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment(),
  });
  list.stdout.destroy();
  const [complaints, [code]] = await Promise.all([text(list.stderr), once(list, 'exit')]);
  expect({ code, complaints }).toEqual({ code: 0, complaints: '' });
});

it('reports a mistake in a sentence and what to do, without a stack', () => {
  const wrong = multiplane('models', 'download', 'midas');
  expect(wrong).toMatchObject({ status: 1, stdout: '' });
  const ids = listModels().map(({ id }) => id);
  expect(wrong.stderr).toBe(`There is no model called “midas”.\nThe catalogue has: ${ids.join(', ')}.\n`);
});
