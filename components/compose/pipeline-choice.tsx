'use client';

import type { PipelineForm } from './param-schema.ts';

/** What is to be made. With one pipeline there is nothing to choose, and the form just says what it does. */
export function PipelineChoice({
  pipelines,
  chosen,
  onChoose,
}: {
  pipelines: readonly PipelineForm[];
  chosen: PipelineForm;
  onChoose: (id: string) => void;
}) {
  if (pipelines.length === 1) {
    return (
      <div>
        <input type="hidden" name="pipeline" value={chosen.id} />
        <h2 className="text-head font-semibold">{chosen.title}</h2>
        <p className="mt-0.5 text-soft">{chosen.description}</p>
      </div>
    );
  }
  return (
    <fieldset className="grid gap-2 sm:grid-cols-2 xl:grid-cols-3">
      <legend className="mb-1.5 text-small font-medium">What to make</legend>
      {pipelines.map(({ id, title, description }) => (
        <label
          key={id}
          className="flex items-start gap-3 rounded-control p-3 ring-1 ring-line ring-inset has-checked:bg-tint has-checked:ring-accent"
        >
          <input
            type="radio"
            name="pipeline"
            value={id}
            checked={id === chosen.id}
            onChange={() => onChoose(id)}
            className="mt-1"
          />
          <span className="font-medium">
            {title}
            <span className="block text-small font-normal text-soft">{description}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
