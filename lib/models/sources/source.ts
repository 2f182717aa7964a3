/**
 * Where a weight file comes from: a file inside an npm tarball, an address of its own, the repository itself, or an
 * export that somebody made. The last two lie under their own name in a folder of their model's.
 */
export type Source =
  | { kind: 'npm'; spec: string; path: string }
  | { kind: 'url'; url: string }
  | { kind: 'own' | 'exported'; modelId: string; name: string };

/** Read a catalogue entry's `source`. Throws for one that is of no form: the catalogue is wrong then. */
export function parseSource(source: string): Source {
  const npm = /^npm:(?<spec>(?:@[^@#]+\/)?[^@#]+@[^@#]+)#(?<path>.+)$/.exec(source)?.groups;
  if (npm?.['spec'] && npm['path']) return { kind: 'npm', spec: npm['spec'], path: npm['path'] };
  if (/^https?:\/\//.test(source)) return { kind: 'url', url: source };
  const [, kind, modelId, name] = /^(own|exported):([^/]+)\/([^/]+)$/.exec(source) ?? [];
  if (modelId && name) return { kind: kind as 'own' | 'exported', modelId, name };
  throw new Error(`Not a weight source: ${source}`);
}
