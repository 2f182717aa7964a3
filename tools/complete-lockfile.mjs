import { readFileSync, writeFileSync } from 'node:fs';

/*
 * `node tools/complete-lockfile.mjs`, after `npm install` against a registry that lacks some platforms' binaries: npm
 * leaves those optional packages out of package-lock.json, and `npm ci` then refuses the lockfile everywhere. This
 * adds them by name, version and platform, so that each machine installs its own. They carry no integrity hash.
 */

const PLATFORMS = 'aix android darwin freebsd linux netbsd openbsd openharmony sunos win32'.split(' ');
const PROCESSORS = 'arm64 x64 ia32 ppc64 riscv64 s390x loong64 wasm32 arm'.split(' ');
const LIBRARIES = { gnu: 'glibc', musl: 'musl' };

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const known = new Set(Object.keys(lock.packages));
const missing = Object.entries(lock.packages).flatMap(([path, { optionalDependencies = {} }]) =>
  Object.entries(optionalDependencies).filter(([name]) => !isLocked(path, name)),
);
for (const [name, version] of missing) lock.packages[`node_modules/${name}`] = entry(name, version);
lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
process.stdout.write(`${missing.map(([name]) => name).join('\n')}\n${missing.length} added\n`);

/** Whether the package is found from `path` upwards, as Node would look for it. */
function isLocked(path, name) {
  const nested = `${path}/node_modules/${name}`.replace(/^\//, '');
  if (known.has(nested)) return true;
  return path !== '' && isLocked(path.slice(0, Math.max(0, path.lastIndexOf('node_modules/') - 1)), name);
}

/** Package names say what they are for: `…-linux-arm64-musl`. */
function entry(name, version) {
  const words = name.split('/').pop().split('-');
  const os = words.filter((word) => PLATFORMS.includes(word));
  const cpu = words.filter((word) => PROCESSORS.includes(word));
  const library = Object.keys(LIBRARIES).find((start) => words.at(-1).startsWith(start));
  return {
    version,
    optional: true,
    ...(cpu.length > 0 && { cpu }),
    ...(os.length > 0 && { os }),
    ...(os.includes('linux') && library && { libc: [LIBRARIES[library]] }),
  };
}
