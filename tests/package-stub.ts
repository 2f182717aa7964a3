import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { dirname, join } from 'node:path';
import { create } from 'tar';
import { serve } from './local-server.ts';
import { temporaryFolder } from './temporary-folder.ts';

export interface PackageStub {
  registry: string;
  /** Every request the registry got. */
  requests: IncomingMessage[];
  tarballBytes: number;
}

interface StubOptions {
  /** What the registry promises of the tarball, where it lies. */
  integrity?: string;
  /** Break the connection in the middle of the tarball. */
  cutTarball?: boolean;
}

/** A registry that knows one package, `weights@1.0.0`, with these files in it. */
export async function packageStub(
  files: Record<string, Buffer>,
  options: StubOptions = {},
): Promise<PackageStub> {
  const tarball = await pack(files);
  const integrity = options.integrity ?? `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
  const requests: IncomingMessage[] = [];
  const registry = await serve((request, response) => {
    requests.push(request);
    if (request.url === '/weights') return void response.end(packument(request, integrity));
    if (request.url !== '/weights.tgz') return void response.writeHead(404).end('{}');
    response.setHeader('content-length', tarball.length);
    if (!options.cutTarball) return void response.end(tarball);
    response.write(tarball.subarray(0, tarball.length / 2), () => response.destroy());
  });
  return { registry, requests, tarballBytes: tarball.length };
}

async function pack(files: Record<string, Buffer>): Promise<Buffer> {
  const folder = temporaryFolder();
  const manifest = { name: 'weights', version: '1.0.0', scripts: { install: 'exit 1' } };
  for (const [path, bytes] of Object.entries({
    ...files,
    'package.json': Buffer.from(JSON.stringify(manifest)),
  })) {
    const file = join(folder, 'package', path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  await create({ cwd: folder, file: join(folder, 'weights.tgz'), gzip: true }, ['package']);
  return readFileSync(join(folder, 'weights.tgz'));
}

function packument(request: IncomingMessage, integrity: string): string {
  const dist = { tarball: `http://${request.headers.host}/weights.tgz`, integrity };
  const version = { name: 'weights', version: '1.0.0', dist };
  return JSON.stringify({
    name: 'weights',
    'dist-tags': { latest: '1.0.0' },
    versions: { '1.0.0': version },
  });
}
