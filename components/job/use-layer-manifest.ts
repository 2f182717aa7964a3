'use client';

import { useEffect, useState } from 'react';

/** What `layer_manifest.json` says of one layer, as far as the page shows it. */
export interface LayerFacts {
  file: string;
  /** Share of the picture, 0 to 1. */
  coverage: number;
  /** Nearness it spans, 0 far to 1 near. */
  depth: { far: number; near: number };
}

/** The manifest's layers, by file name; empty until it has been read. */
export function useLayerManifest(url: string | undefined): ReadonlyMap<string, LayerFacts> {
  const [facts, setFacts] = useState<ReadonlyMap<string, LayerFacts>>(new Map());
  useEffect(() => {
    if (!url) return;
    const reading = new AbortController();
    void readManifest(url, reading.signal).then(setFacts, () => undefined);
    return () => reading.abort();
  }, [url]);
  return facts;
}

async function readManifest(url: string, signal: AbortSignal) {
  const answer = await fetch(url, { signal });
  const { layers } = (await answer.json()) as { layers: LayerFacts[] };
  return new Map(layers.map((layer) => [layer.file, layer]));
}
