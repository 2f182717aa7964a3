import type { ModelIndex } from './model-index.ts';

/** What is wrong with an index, and where: a dotted path such as `latents.mean`. */
export interface IndexProblem {
  path: string;
  message: string;
}

type Check = (index: ModelIndex) => IndexProblem[];

const CHECKS: readonly Check[] = [
  checkLatents,
  checkCaches,
  checkConditioning,
  checkPipelines,
  checkExperts,
  checkRanges,
  checkSizes,
  checkSchedulers,
  checkFiles,
];

/** Everything in which the parts of an index, each sound by itself, do not go together. */
export function problemsOf(index: ModelIndex): IndexProblem[] {
  return CHECKS.flatMap((check) => check(index));
}

function unless(holds: boolean, path: string, message: string): IndexProblem[] {
  return holds ? [] : [{ path, message }];
}

function checkLatents({ latents: { channels, mean, std, rgb } }: ModelIndex): IndexProblem[] {
  const lists = { mean, std, 'rgb.factors': rgb.factors };
  return Object.entries(lists).flatMap(([name, { length }]) =>
    unless(length === channels, `latents.${name}`, `${length} entries for ${channels} channels`),
  );
}

/** What a step leaves is what the next one takes, and the first step takes what init leaves. */
function checkCaches({ graphs }: ModelIndex): IndexProblem[] {
  const pairs = [
    ['vae_encoder', graphs.vae_encoder_init, graphs.vae_encoder_step],
    ['vae_decoder', graphs.vae_decoder_init, graphs.vae_decoder_step],
  ] as const;
  return pairs.flatMap(([vae, init, step]) => {
    if (!step) return [];
    const taken = step.inputs.caches.length;
    const left = { [`${vae}_init`]: init?.outputs.caches ?? [], [`${vae}_step`]: step.outputs.caches };
    return Object.entries(left).flatMap(([graph, { length }]) =>
      unless(
        length === taken,
        `graphs.${graph}.outputs.caches`,
        `${length} caches, but a step takes ${taken}`,
      ),
    );
  });
}

function checkConditioning(index: ModelIndex): IndexProblem[] {
  const { graphs, conditioning, timestep } = index;
  const { kind, last_frame: lastFrame } = conditioning;
  const wanted = `needed for conditioning ${kind}`;
  return [
    ...unless(kind === 'none' || Boolean(graphs.vae_encoder_init), 'graphs.vae_encoder_init', wanted),
    ...unless(kind !== 'mask-concat' || Boolean(graphs.vae_encoder_step), 'graphs.vae_encoder_step', wanted),
    ...unless(kind !== 'first-frame-timestep' || timestep === 'per-token', 'timestep', `per-token ${wanted}`),
    ...unless(kind === 'mask-concat' || !lastFrame, 'conditioning.last_frame', 'only mask-concat takes one'),
    ...unless(kind !== 'none' || !graphs.image_encoder, 'graphs.image_encoder', 'no use without a picture'),
    ...unless(
      Boolean(graphs.transformer.inputs.image) === Boolean(graphs.image_encoder),
      'graphs.transformer.inputs.image',
      'named where there is an image_encoder, and nowhere else',
    ),
  ];
}

function checkPipelines({ pipelines, conditioning: { kind, optional } }: ModelIndex): IndexProblem[] {
  return pipelines.flatMap((pipeline, at) => {
    const fits = pipeline === 't2v' ? kind === 'none' || optional : kind !== 'none';
    const message = `${pipeline} cannot be served with conditioning ${kind}${optional ? ', optional' : ''}`;
    return unless(fits, `pipelines.${at}`, message);
  });
}

function checkExperts({ graphs, schedule }: ModelIndex): IndexProblem[] {
  const { transformer, transformer_2: second } = graphs;
  const alike = Boolean(transformer.inputs.image) === Boolean(second?.inputs.image);
  return [
    ...unless(
      Boolean(second) === (schedule.boundary !== undefined),
      'schedule.boundary',
      'goes with transformer_2',
    ),
    ...unless(!second || alike, 'graphs.transformer_2.inputs', 'not those of transformer'),
  ];
}

function checkRanges(index: ModelIndex): IndexProblem[] {
  return (['frames', 'fps', 'steps', 'guidance'] as const).flatMap((name) => {
    const { default: usual, min, max } = index[name];
    return unless(min <= usual && usual <= max, name, `default ${usual} is not within ${min} to ${max}`);
  });
}

function checkSizes({ frames, size, latents, patch }: ModelIndex): IndexProblem[] {
  const { time, space } = latents.scale;
  const { width, height } = size.default;
  const token = space * Math.max(patch[1], patch[2]);
  const counts = Object.entries(frames).flatMap(([name, count]) =>
    unless(count % time === 1 % time, `frames.${name}`, `${count} is not a multiple of ${time} and one more`),
  );
  const sides = Object.entries({ 'default.width': width, 'default.height': height, min: size.min });
  return [
    ...counts,
    ...unless(patch[0] === 1, 'patch.0', 'tokens of more than one latent frame are not spoken of here'),
    ...unless(size.multiple % token === 0, 'size.multiple', `a token covers ${token} pixels of a side`),
    ...sides.flatMap(([name, side]) =>
      unless(side % size.multiple === 0, `size.${name}`, `${side} is not a multiple of ${size.multiple}`),
    ),
    ...unless(Math.min(width, height) >= size.min, 'size.default', `a side is under ${size.min}`),
    ...unless(width * height <= size.max_pixels, 'size.default', `more than ${size.max_pixels} pixels`),
  ];
}

function checkSchedulers({ schedule: { scheduler, schedulers } }: ModelIndex): IndexProblem[] {
  return unless(schedulers.includes(scheduler), 'schedule.scheduler', `${scheduler} is not among schedulers`);
}

/** Graphs may share external data; what bears one name has to be one file. */
function checkFiles({ graphs, tokenizer }: ModelIndex): IndexProblem[] {
  const known = new Map<string, string>();
  const owners = Object.entries({ ...graphs, tokenizer }).map(([owner, part]) => ({ owner, part }));
  return owners.flatMap(({ owner, part }) =>
    (part?.files ?? []).flatMap(({ name, sha256 }) => {
      const before = known.get(name) ?? sha256;
      known.set(name, before);
      const path = owner === 'tokenizer' ? 'tokenizer.files' : `graphs.${owner}.files`;
      return unless(before === sha256, path, `${name} is named elsewhere with another hash`);
    }),
  );
}
