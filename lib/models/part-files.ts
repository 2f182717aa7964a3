import { createHash, randomUUID } from 'node:crypto';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isProcessAlive } from '#lib/core/process-alive';
import type { WeightFile } from './model.ts';

/**
 * Unfinished weight files, `<sha256>.<host>-<pid>-<random>.part`. The name says who is writing, so that two
 * processes never write one file, and that what a killed process left can be taken over and gone on with.
 */
const IDLE_MS = 10 * 60_000;
const HOST = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
const writing = new Set<string>();

interface Part {
  name: string;
  sizeBytes: number;
}

/** A new, not yet existing unfinished file of this process. Give it up with `leavePart` or `dropPart`. */
export function newPart(weightsDir: string, weight: WeightFile): string {
  const path = join(weightsDir, ownName(weight));
  writing.add(path);
  return path;
}

/** The longest abandoned unfinished file of the weight, now this process's own; a new one if there is none. */
export async function takePart(weightsDir: string, weight: WeightFile): Promise<string> {
  const own = newPart(weightsDir, weight);
  const [longest, ...others] = await abandonedParts(weightsDir, weight);
  for (const other of others) await rm(join(weightsDir, other.name), { force: true });
  // Another process may be quicker; then this one starts from nothing.
  if (longest) await rename(join(weightsDir, longest.name), own).catch(() => undefined);
  return own;
}

/** Bytes of the weight that an earlier, broken download left behind. */
export async function abandonedBytes(weightsDir: string, weight: WeightFile): Promise<number> {
  const [longest] = await abandonedParts(weightsDir, weight);
  return longest?.sizeBytes ?? 0;
}

/** Bytes of the longest unfinished file of each weight, by its hash, whoever writes it. */
export async function unfinishedBytes(weightsDir: string): Promise<Map<string, number>> {
  const longest = new Map<string, number>();
  for (const name of await readdir(weightsDir).catch(() => [])) {
    if (!name.endsWith('.part')) continue;
    const sha256 = name.split('.')[0]!;
    const found = await stat(join(weightsDir, name)).catch(() => null);
    if (found) longest.set(sha256, Math.max(found.size, longest.get(sha256) ?? 0));
  }
  return longest;
}

/** Leave an unfinished file for the next try to take over. */
export function leavePart(path: string): void {
  writing.delete(path);
}

/** Remove an unfinished file. */
export async function dropPart(path: string): Promise<void> {
  writing.delete(path);
  await rm(path, { force: true });
}

function ownName(weight: WeightFile): string {
  return `${weight.sha256}.${HOST}-${process.pid}-${randomUUID().slice(0, 8)}.part`;
}

async function abandonedParts(weightsDir: string, weight: WeightFile): Promise<Part[]> {
  const parts: Part[] = [];
  for (const name of await readdir(weightsDir).catch(() => [])) {
    if (!name.startsWith(`${weight.sha256}.`) || !name.endsWith('.part')) continue;
    const found = await stat(join(weightsDir, name)).catch(() => null);
    if (found && isAbandoned(weightsDir, name, found.mtimeMs)) parts.push({ name, sizeBytes: found.size });
  }
  return parts.sort((a, b) => b.sizeBytes - a.sizeBytes);
}

/** Its writer is gone; where that cannot be known (another machine's), it has not grown for a long time. */
function isAbandoned(weightsDir: string, name: string, modifiedMs: number): boolean {
  const [host, pid] = (name.split('.')[1] ?? '').split('-');
  if (Date.now() - modifiedMs > IDLE_MS) return !writing.has(join(weightsDir, name));
  if (host !== HOST) return false;
  return Number(pid) === process.pid ? !writing.has(join(weightsDir, name)) : !isProcessAlive(Number(pid));
}
