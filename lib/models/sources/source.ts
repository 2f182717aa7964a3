/** Where a weight file comes from: a file inside an npm tarball, or an address of its own. */
export type Source = { kind: 'npm'; spec: string; path: string } | { kind: 'url'; url: string };

/** Read a catalogue entry's `source`. Throws for one that is neither form: the catalogue is wrong then. */
export function parseSource(source: string): Source {
  const npm = /^npm:(?<spec>(?:@[^@#]+\/)?[^@#]+@[^@#]+)#(?<path>.+)$/.exec(source)?.groups;
  if (npm?.['spec'] && npm['path']) return { kind: 'npm', spec: npm['spec'], path: npm['path'] };
  if (/^https?:\/\//.test(source)) return { kind: 'url', url: source };
  throw new Error(`Not a weight source: ${source}`);
}
