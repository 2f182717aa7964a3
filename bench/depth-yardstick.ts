import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findModel } from '#lib/models/catalogue';
import { isPresent, weightPath } from '#lib/models/weights';
import { createSessionCache, type SessionCache } from '#worker/engines/onnx/sessions';
import { enlarge } from '#worker/pipelines/raster/resample';
import { estimateNearness } from '#worker/pipelines/stages/depth/estimate';
import { depthNetwork, singlePass } from '#worker/pipelines/stages/depth/network';
import { decodePhoto } from '#worker/pipelines/stages/photo';
import { edgeAlignment, rankCorrelation } from './depth-measures.ts';
import { shrink } from './depth-shrink.ts';

const FIXTURES = fileURLToPath(new URL('../../shared/fixtures', import.meta.url));
const REFERENCE = 'tcmonodepth-small';
const EMBEDDED = 'fastdepth';
const MATTE = 'u2netp';

/** Two measures of one depth map: agreement with the reference network, and with the photo's own edges. */
export interface DepthScore {
  rankCorrelation: number;
  edgeAlignment: number;
}

export interface PhotoScore {
  photo: string;
  bare: DepthScore;
  ours: DepthScore;
}

export interface Yardstick {
  /** Paths. */
  photos: string[];
  /** Sessions of the embedded networks. */
  embedded: SessionCache;
  /** Sessions of the reference network, which need not be among the installed weights. */
  reference: SessionCache;
  /** Let go of both, and leave nothing behind. */
  close(): Promise<void>;
}

/** Why there is nothing to measure, in a sentence. */
interface Missing {
  missing: string;
}

/** What is needed to measure, or in one sentence what of it is missing. */
export async function findYardstick(weightsDir: string): Promise<Yardstick | Missing> {
  const photosDir = join(FIXTURES, 'photos');
  const weight = findModel(REFERENCE)!.weights[0]!;
  const referenceFile = join(FIXTURES, 'models', weight.name);
  if (!existsSync(photosDir)) return { missing: 'the photos in ../shared/fixtures/photos are not there.' };
  if (!existsSync(referenceFile))
    return { missing: 'TCMonoDepth in ../shared/fixtures/models is not there.' };
  if (![EMBEDDED, MATTE].every((id) => isPresent(weightsDir, findModel(id)!))) {
    return {
      missing: 'the embedded weights are not there; fetch them with: multiplane models download --embedded',
    };
  }
  const referenceDir = await mkdtemp(join(tmpdir(), 'multiplane-reference-'));
  await symlink(referenceFile, weightPath(referenceDir, weight));
  const options = { provider: 'cpu', threads: 2 };
  const embedded = createSessionCache({ ...options, weightsDir });
  const reference = createSessionCache({ ...options, weightsDir: referenceDir });
  return {
    photos: (await readdir(photosDir)).sort().map((name) => join(photosDir, name)),
    embedded,
    reference,
    async close() {
      await embedded.release();
      await reference.release();
      await rm(referenceDir, { recursive: true });
    },
  };
}

/**
 * Score our final depth beside the bare network (one FastDepth pass, bilinearly enlarged), both from the embedded
 * weights alone. The order of depths is compared with TCMonoDepth's at the size that network gives; edges are compared
 * at the photo's size.
 */
export async function scorePhoto({ embedded, reference }: Yardstick, path: string): Promise<PhotoScore> {
  const photo = await decodePhoto(path);
  const expected = await singlePass(await reference.open(REFERENCE), depthNetwork(REFERENCE), photo);
  const score = (depth: typeof expected): DepthScore => ({
    rankCorrelation: rankCorrelation(shrink(depth, expected).data, expected.data),
    edgeAlignment: edgeAlignment(depth, photo),
  });
  const bare = await singlePass(await embedded.open(EMBEDDED), depthNetwork(EMBEDDED), photo);
  const models = { depthModel: EMBEDDED, matteModel: MATTE };
  const ours = await estimateNearness(photo, { sessions: embedded, ...models, onStep: () => undefined });
  return { photo: basename(path), bare: score(enlarge(bare, photo)), ours: score(ours) };
}
