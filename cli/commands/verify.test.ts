import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readSettings } from '#lib/config/settings';
import { findModel } from '#lib/models/catalogue';
import { isPresent } from '#lib/models/weights';
import { readReceipt, type Receipt } from '#lib/pipelines/receipt/receipt';
import { lastingFolder } from '#tests/lasting-folder';
import { drawnPhoto } from '#tests/photos';
import { sampleReceipt } from '#tests/receipts';

const { weightsDir } = readSettings(process.env);
const hasWeights = ['fastdepth', 'u2netp', 'migan'].every((id) => isPresent(weightsDir, findModel(id)!));

const folder = lastingFolder();
afterAll(() => rmSync(folder, { recursive: true }));

/** The command as a person runs it, with nothing in the data folder. */
function multiplane(...args: string[]) {
  const env = {
    ...process.env,
    MULTIPLANE_DATA_DIR: join(folder, 'data'),
    MULTIPLANE_WEIGHTS_DIR: weightsDir,
    MULTIPLANE_PROVIDER: 'cpu',
  };
  const command = ['--import', 'tsx', 'cli/index.ts', ...args];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8', env });
  return { status, results: stdout.trim().split('\n').slice(1), stderr };
}

/** The hash with another first digit. */
function flip(hash: string): string {
  return (hash.startsWith('0') ? '1' : '0') + hash.slice(1);
}

describe.skipIf(!hasWeights)('a receipt of a real run (needs the embedded weights)', () => {
  const photo = join(folder, 'photo.jpg');
  const path = join(folder, 'receipt.json');
  let receipt: Receipt;

  beforeAll(async () => {
    writeFileSync(photo, (await drawnPhoto(160, 120)).bytes);
    multiplane('run', 'photo-realistic', photo, '--num-layers', '2', '--out', folder);
    receipt = readReceipt(readFileSync(path, 'utf8'));
  }, 60_000);

  test('is verified by doing it again', () => {
    expect(receipt.inputs).toMatchObject([{ role: 'image', width: 160, height: 120 }]);
    const { status, results } = multiplane('verify', path, '--inputs', photo);
    expect(results.map((line) => line.split(/ +/))).toEqual(
      receipt.outputs.map(({ name }) => [name, 'same']),
    );
    expect(status).toBe(0);
  });

  test('is refuted by a hash that is not the one it tells', () => {
    const [first, ...others] = receipt.outputs;
    const wrong = { ...first!, comparable_sha256: flip(first!.comparable_sha256) };
    const changed = join(folder, 'changed.json');
    writeFileSync(changed, JSON.stringify({ ...receipt, outputs: [wrong, ...others] }));
    const { status, results, stderr } = multiplane('verify', changed, '--inputs', photo);
    expect(results.map((line) => line.split(/ +/))).toEqual([
      [wrong.name, 'differs'],
      ...others.map(({ name }) => [name, 'same']),
    ]);
    expect(stderr).toContain(`1 of ${receipt.outputs.length} files are not what the receipt says.`);
    expect(status).toBe(1);
  });
});

test('what is no receipt is refused in a sentence', () => {
  const { status, stderr } = multiplane('verify', 'package.json');
  expect(status).toBe(1);
  expect(stderr).toContain('not a receipt');
});

test('a picture that is neither given nor kept is asked for', () => {
  const path = join(folder, 'sample.json');
  writeFileSync(path, JSON.stringify(sampleReceipt()));
  const { status, stderr } = multiplane('verify', path);
  expect(status).toBe(1);
  expect(stderr).toContain('--inputs');
});
