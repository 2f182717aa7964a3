import { afterEach, describe, expect, test, vi } from 'vitest';
import { hasVulkan, SWIFTSHADER, VULKAN_NEEDS } from '#tests/software-vulkan';
import { probeProvider, resolveDevice } from './devices.ts';

const hasCuda = (await probeProvider('cuda')).ok;

afterEach(() => {
  vi.unstubAllEnvs();
});

/** As on a machine whose GPU has no driver. */
function withoutVulkan(): void {
  vi.stubEnv('VK_ICD_FILENAMES', '/nowhere.json');
  vi.stubEnv('VK_DRIVER_FILES', '/nowhere.json');
}

test('the CPU needs no probe and no note', async () => {
  expect(await resolveDevice('cpu')).toEqual({ provider: 'cpu', note: null });
});

test('the probe runs its model on the CPU', async () => {
  expect(await probeProvider('cpu')).toMatchObject({ ok: true, runMs: expect.any(Number) });
});

test.skipIf(hasCuda)('CUDA without its libraries falls back to the CPU and says so', async () => {
  expect(await resolveDevice('cuda')).toEqual({
    provider: 'cpu',
    note: 'CUDA was asked for but it does not work on this machine, so the CPU is used.',
  });
});

test('WebGPU without a driver falls back to the CPU and says so', async () => {
  withoutVulkan();
  expect(await resolveDevice('webgpu')).toEqual({
    provider: 'cpu',
    note: 'WebGPU was asked for but it does not work on this machine, so the CPU is used.',
  });
});

describe.skipIf(!hasVulkan)(`WebGPU in software (${VULKAN_NEEDS})`, () => {
  test('is used where it is asked for', async () => {
    vi.stubEnv('VK_ICD_FILENAMES', SWIFTSHADER);
    expect(await resolveDevice('webgpu')).toEqual({ provider: 'webgpu', note: null });
  });

  test.skipIf(hasCuda)('is not what auto takes, since the CPU is faster', async () => {
    vi.stubEnv('VK_ICD_FILENAMES', SWIFTSHADER);
    expect(await resolveDevice('auto')).toEqual({ provider: 'cpu', note: null });
  });
});
