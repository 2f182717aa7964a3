'use client';

import { useMemo } from 'react';
import type { JobResource } from '#lib/jobs/resource';
import { FileList } from './file-list.tsx';
import { JobComparison } from './job-comparison.tsx';
import { layersOf, layerTitle, originalUrl, outputNamed, previewUrl } from './job-pictures.ts';
import { LayerGallery } from './layer-gallery.tsx';
import { LayerViewer, type ViewedLayer } from './layer-viewer.tsx';
import { type LayerFacts, useLayerManifest } from './use-layer-manifest.ts';

/** A finished job: look at its layers together, against the original, and one by one; and at every file it made. */
export function JobResult({ job, aside }: { job: JobResource; aside: React.ReactNode }) {
  const facts = useLayerManifest(outputNamed(job, 'layer_manifest.json')?.url);
  const outputs = useMemo(() => layersOf(job), [job]);
  const viewed = useMemo(() => toViewed(job.id, outputs, facts), [job.id, outputs, facts]);
  const original = originalUrl(job, 'large');
  const results = comparable(job);
  const [first] = outputs;
  const aspectRatio = first?.width && first.height ? first.width / first.height : 3 / 2;
  const gallery = outputs.map((output) => ({
    ...output,
    preview: previewUrl(job.id, output.name, 'large'),
    title: layerTitle(output.name),
    coverage: facts.get(output.name)?.coverage ?? null,
  }));
  return (
    <div className="grid gap-14">
      {viewed.length > 0 && <LayerViewer layers={viewed} aspectRatio={aspectRatio} />}
      <div className="grid gap-10 lg:grid-cols-[minmax(0,1fr)_minmax(18rem,24rem)] lg:gap-14">
        {original && results.length > 0 && (
          <JobComparison original={original} results={results} aspectRatio={aspectRatio} />
        )}
        {aside}
      </div>
      {gallery.length > 0 && (
        <section aria-labelledby="layers-heading" className="grid gap-4">
          <h2 id="layers-heading" className="text-head font-semibold">
            {gallery.length} layers, far to near
          </h2>
          <LayerGallery layers={gallery} />
        </section>
      )}
      <section aria-labelledby="files-heading" className="grid max-w-3xl gap-2">
        <h2 id="files-heading" className="text-head font-semibold">
          Files
        </h2>
        <FileList outputs={job.outputs} />
      </section>
    </div>
  );
}

/**
 * Each sheet at the middle of the depths it spans, stretched so that the farthest is at 0 and the nearest at 1; at even
 * distances until the manifest has been read.
 */
function toViewed(
  jobId: string,
  outputs: JobResource['outputs'],
  facts: ReadonlyMap<string, LayerFacts>,
): ViewedLayer[] {
  const middles = outputs.map(({ name }, index) => {
    const depth = facts.get(name)?.depth;
    return depth ? (depth.far + depth.near) / 2 : index;
  });
  const [farthest, nearest] = [Math.min(...middles), Math.max(...middles)];
  const span = Math.max(nearest - farthest, Number.EPSILON);
  return outputs.map(({ name }, index) => ({
    url: previewUrl(jobId, name, 'large'),
    title: layerTitle(name),
    depth: (middles[index]! - farthest) / span,
  }));
}

function comparable(job: JobResource) {
  const pictures = [
    { name: 'composite.png', label: 'Composite' },
    { name: 'depth.png', label: 'Depth' },
  ];
  return pictures.flatMap(({ name, label }) => {
    const made = outputNamed(job, name) !== undefined;
    return made ? [{ src: previewUrl(job.id, name, 'large'), label }] : [];
  });
}
