import { expect, test } from 'vitest';
import { walk } from '#tests/sampling';
import { createSampler, type SamplerName } from './create-sampler.ts';
import type { SamplerOptions } from './options.ts';

/** Where every run begins, and the network and the noise of all of them: of value i, at timestep t, after step k. */
const start = Float32Array.of(0.5, -1.25, 2);
const model = (input: Float32Array, t: number) =>
  input.map((x, i) => Math.sin(3 * x + i) + 0.3 * (t / 1000) * x);
const noise = (k: number) => Float32Array.from(start, (_, i) => Math.cos(5 * k + i));

function run(name: SamplerName, options: SamplerOptions): Float32Array {
  const sampler = createSampler(name, options);
  return walk(
    sampler,
    start.map((x) => x * sampler.initialScale),
    { model, noise },
  );
}

function expectClose(values: Float32Array, expected: readonly number[], tolerance = 1e-5): void {
  for (const [i, value] of values.entries()) expect(Math.abs(value - expected[i]!)).toBeLessThan(tolerance);
}

test.each([
  [4, 3, [-0.0634096, -0.2085589, 1.288162]],
  [10, 5, [-0.0091557, -0.3147249, 1.3683558]],
  [50, 5, [0.0258635, -0.4222076, 1.4200779]],
])('UniPC with %d steps and shift %d gives what diffusers gives', (steps, shift, expected) => {
  expectClose(run('unipc', { steps, shift }), expected);
});

// The rest was worked out in NumPy, each by its formula as the paper or diffusers has it. Latents of noisy steps are float32 here
// and float64 there, which a network as steep as this one makes more of.
test.each<[SamplerName, SamplerOptions, number[]]>([
  ['flow-euler', { steps: 4, shift: 3 }, [-0.0841407, -0.2095534, 1.2684436]],
  ['flow-euler', { steps: 10, shift: 5 }, [-0.0092886, -0.3018044, 1.3700885]],
  ['ddim', { steps: 20 }, [0.0000312, -7.7447336, 10.3103844]],
  ['ddim', { steps: 10, eta: 1 }, [-0.0359579, -0.395955, 4.3232552]],
  ['ddim', { steps: 10, eta: 0.5 }, [-0.0168019, -2.7633667, 6.3304965]],
  ['ddim', { steps: 4, spacing: 'trailing' }, [-2.9770554, -7.8247371, 12.7567479]],
  ['euler', { steps: 20 }, [0.0000283, -7.7544692, 10.2855268]],
  ['euler', { steps: 4, spacing: 'trailing' }, [-2.9842401, -7.8526539, 12.4388458]],
  ['euler', { steps: 1, spacing: 'trailing' }, [-9.4518993, -7.1102705, 6.0022402]],
  ['euler-ancestral', { steps: 10 }, [-0.0437552, -0.3836857, 4.3331881]],
  ['euler-ancestral', { steps: 4, spacing: 'trailing' }, [-3.9492948, -4.6029257, 6.4504405]],
  ['lcm', { steps: 4 }, [-3.483598, -0.2517387, 8.068793]],
  ['lcm', { steps: 8 }, [-0.0255467, 1.8746435, 6.5257876]],
  ['lcm', { steps: 4, strength: 0.5 }, [0.0282931, -0.2019751, 2.3861272]],
])('%s with %o gives what its formula gives', (name, options, expected) => {
  expectClose(run(name, options), expected, 1e-5 * Math.max(...expected.map(Math.abs), 1));
});

test('UniPC of a single step ends at what the network says is clean', () => {
  const sampler = createSampler('unipc', { steps: 1, shift: 5 });
  const velocity = Float32Array.of(1, 2, -0.5);
  const end = walk(sampler, start, { model: () => velocity });
  expectClose(end, [0.5 - 1, -1.25 - 2, 2 + 0.5]);
});

/** The steps after which a sampler asks for noise. */
function askedAfter(name: SamplerName, eta = 0): number[] {
  const steps: number[] = [];
  const sampler = createSampler(name, { steps: 3, eta });
  walk(sampler, start, { model, noise: (k) => (steps.push(k), noise(k)) });
  return steps;
}

test('only samplers that add noise ask for it, and not for the last step', () => {
  for (const name of ['unipc', 'flow-euler', 'ddim', 'euler'] as const) expect(askedAfter(name)).toEqual([]);
  expect(askedAfter('euler-ancestral')).toEqual([0, 1]);
  expect(askedAfter('lcm')).toEqual([0, 1]);
});

test('DDIM ends at the noise of the first training step, so that its last step has some to add', () => {
  expect(askedAfter('ddim', 1)).toEqual([0, 1, 2]);
});

test('latents that were given are left as they are', () => {
  for (const name of ['unipc', 'flow-euler', 'ddim', 'euler', 'euler-ancestral', 'lcm'] as const) {
    const given = start.slice();
    walk(createSampler(name, { steps: 4 }), given, { model, noise });
    expect(given).toEqual(start);
  }
});
