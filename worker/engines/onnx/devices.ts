import { fork } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ProbeAnswer } from './probe.ts';

export type Provider = 'cpu' | 'webgpu' | 'cuda';

/** The execution provider to run on. */
export interface Device {
  provider: Provider;
  /** A sentence for people where it is not the one asked for, else null. */
  note: string | null;
}

const TITLES: Record<Provider, string> = { cpu: 'CPU', webgpu: 'WebGPU', cuda: 'CUDA' };
/** A device that has not answered by then is of no use: with warm-up, a real one takes a second or two. */
const PATIENCE_MS = 30_000;

/**
 * The device for a setting, found by running a small model on it in a child process. `auto` takes CUDA, then WebGPU
 * where it beats the CPU (a software driver does not), then the CPU. Anything else is taken if it works at all. Never
 * fails: what stays is the CPU.
 */
export async function resolveDevice(setting: 'auto' | Provider): Promise<Device> {
  if (setting === 'cpu') return { provider: 'cpu', note: null };
  if (setting === 'auto') return { provider: await fastest(), note: null };
  const answer = await probeProvider(setting);
  if (answer.ok) return { provider: setting, note: null };
  const note = `${TITLES[setting]} was asked for but ${answer.reason}, so the CPU is used.`;
  return { provider: 'cpu', note };
}

async function fastest(): Promise<Provider> {
  if ((await probeProvider('cuda')).ok) return 'cuda';
  const webgpu = await probeProvider('webgpu');
  if (!webgpu.ok) return 'cpu';
  const cpu = await probeProvider('cpu');
  return !cpu.ok || webgpu.runMs < cpu.runMs ? 'webgpu' : 'cpu';
}

/** How long the probe takes on a provider, or a reason, in words for people, why it cannot be used. */
export type ProbeResult = { ok: true; runMs: number } | { ok: false; reason: string };

/** Try one provider in a child process. */
export async function probeProvider(provider: Provider): Promise<ProbeResult> {
  const child = fork(fileURLToPath(new URL('./probe.ts', import.meta.url)), [provider], {
    execArgv: ['--import', pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href],
    stdio: 'ignore',
  });
  const answer = await new Promise<ProbeResult>((resolve) => {
    const timer = setTimeout(() => resolve({ ok: false, reason: 'it did not answer in time' }), PATIENCE_MS);
    child.once('message', (message: ProbeAnswer) =>
      resolve(message.ok ? message : { ok: false, reason: 'it does not work on this machine' }),
    );
    child.once('error', () => resolve({ ok: false, reason: 'it could not be tried' }));
    child.once('exit', () => {
      clearTimeout(timer);
      resolve({ ok: false, reason: 'its driver crashed' });
    });
  });
  child.kill('SIGKILL');
  return answer;
}
