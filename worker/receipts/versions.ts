import { readFile } from 'node:fs/promises';

const ROOT = new URL('../..', import.meta.url);

/** The app and what computes in it, each with its version. */
export async function versionsInUse(): Promise<Record<string, string>> {
  return {
    multiplane: await versionIn('package.json'),
    node: process.versions.node,
    onnxruntime: await versionOf('onnxruntime-node'),
    sharp: await versionOf('sharp'),
  };
}

/** The same where video is written too. */
export async function versionsForVideo(): Promise<Record<string, string>> {
  return { ...(await versionsInUse()), node_av: await versionOf('node-av') };
}

function versionOf(dependency: string): Promise<string> {
  return versionIn(`node_modules/${dependency}/package.json`);
}

async function versionIn(file: string): Promise<string> {
  return (JSON.parse(await readFile(new URL(file, ROOT), 'utf8')) as { version: string }).version;
}
