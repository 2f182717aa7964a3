import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { isProcessAlive } from '#lib/core/process-alive';
import { temporaryFolder } from '#tests/temporary-folder';
import { waitFor } from '#tests/wait-for';

/** Starts a build, and waits for it for ever. */
const STARTER = `
  const { buildCommand, startProcess } = await import(${JSON.stringify(pathToFileURL('cli/processes.ts').href)});
  startProcess(buildCommand);
  setInterval(() => {}, 1000);
`;

/** A project whose build says who it is and then takes for ever. */
function endlessProject(): string {
  const folder = temporaryFolder();
  const config = `
    import { writeFileSync } from 'node:fs';
    writeFileSync(${JSON.stringify(join(folder, 'pid'))}, String(process.pid));
    await new Promise(() => setInterval(() => {}, 1000));
    export default {};
  `;
  writeFileSync(join(folder, 'next.config.mjs'), config);
  writeFileSync(join(folder, 'package.json'), '{}');
  return folder;
}

function starterIn(cwd: string): ChildProcess {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const starter = spawn(process.execPath, ['--import', tsx, '--input-type=module', '-e', STARTER], {
    cwd,
    stdio: 'ignore',
  });
  onTestFinished(() => void starter.kill('SIGKILL'));
  return starter;
}

test.each(['SIGKILL', 'SIGTERM'] as const)(
  'a build leaves with what started it, after %s',
  async (signal) => {
    const folder = endlessProject();
    const starter = starterIn(folder);
    const build = await waitFor('the build', () => pidIn(folder));
    expect(isProcessAlive(build)).toBe(true);
    starter.kill(signal);
    await once(starter, 'exit');
    await waitFor('the build to leave', () => !isProcessAlive(build));
  },
);

/** Throws as long as nobody has said it, and is 0 while it is written. */
function pidIn(folder: string): number {
  return Number(readFileSync(join(folder, 'pid'), 'utf8'));
}
