'use client';

import { useMemo } from 'react';
import type { JobResource } from '#lib/jobs/resource';
import { DownloadLink } from '../ui/button.tsx';
import { DownloadIcon } from '../ui/icons.tsx';
import { ContactSheet } from './contact-sheet.tsx';
import { CutoutView } from './cutout-view.tsx';
import { FileList } from './file-list.tsx';
import { JobComparison } from './job-comparison.tsx';
import {
  layersOf,
  layerTitle,
  originalUrl,
  outputNamed,
  outputOf,
  previewUrl,
  shapeOf,
  videosOf,
} from './job-pictures.ts';
import { LayerGallery } from './layer-gallery.tsx';
import { LayerViewer, type ViewedLayer } from './layer-viewer.tsx';
import { type LayerFacts, useLayerManifest } from './use-layer-manifest.ts';
import { VideoPlayer } from './video-player.tsx';

/** A finished job: look at what it made, against the original where that tells something, and at every file. */
export function JobResult({ job, aside }: { job: JobResource; aside: React.ReactNode }) {
  const facts = useLayerManifest(outputNamed(job, 'layer_manifest.json')?.url);
  const outputs = useMemo(() => layersOf(job), [job]);
  const viewed = useMemo(() => toViewed(job.id, outputs, facts), [job.id, outputs, facts]);
  const original = originalUrl(job, 'large');
  const results = comparable(job);
  const [mask, sheet] = [outputOf(job, 'mask'), outputOf(job, 'contact-sheet')];
  const aspectRatio = shapeOf(outputs[0] ?? outputOf(job, 'result')) ?? 3 / 2;
  const gallery = outputs.map((output) => ({
    ...output,
    preview: previewUrl(job.id, output.name, 'large'),
    title: layerTitle(output.name),
    coverage: facts.get(output.name)?.coverage ?? null,
  }));
  const files = <Files job={job} />;
  return (
    <div className="grid gap-14">
      {viewed.length > 0 && <LayerViewer layers={viewed} aspectRatio={aspectRatio} />}
      {videosOf(job).length > 0 && <VideoPlayer job={job} />}
      {mask && (
        <CutoutView
          cutout={previewUrl(job.id, outputOf(job, 'result')!.name, 'large')}
          mask={previewUrl(job.id, mask.name, 'large')}
          original={original}
          aspectRatio={aspectRatio}
        />
      )}
      <div className="grid gap-10 lg:grid-cols-[minmax(0,1fr)_minmax(18rem,24rem)] lg:gap-14">
        <div className="grid content-start gap-14">
          {sheet && <ContactSheet sheet={sheet} preview={previewUrl(job.id, sheet.name, 'large')} />}
          {original && !sheet && results.length > 0 && (
            <JobComparison original={original} results={results} aspectRatio={aspectRatio} />
          )}
          {gallery.length === 0 && files}
        </div>
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
      {gallery.length > 0 && files}
    </div>
  );
}

function Files({ job }: { job: JobResource }) {
  return (
    <section aria-labelledby="files-heading" className="grid max-w-3xl gap-2">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h2 id="files-heading" className="text-head font-semibold">
          Files
        </h2>
        <DownloadLink look="quiet" href={job.urls.archive} className="-mr-4">
          <DownloadIcon className="size-4" /> Download all
        </DownloadLink>
      </div>
      <FileList outputs={job.outputs} />
    </section>
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

/** What of a job can be laid over its original. */
function comparable(job: JobResource) {
  const pictures = [
    { name: 'composite.png', label: 'Composite' },
    { name: 'upscaled.png', label: 'Enlargement' },
    { name: 'depth.png', label: 'Depth' },
  ];
  return pictures.flatMap(({ name, label }) => {
    const made = outputNamed(job, name) !== undefined;
    return made ? [{ src: previewUrl(job.id, name, 'large'), label }] : [];
  });
}
