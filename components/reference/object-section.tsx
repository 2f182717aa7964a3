import { Prose } from './prose.tsx';
import type { ObjectView } from './reference-view.ts';
import { SchemaTree } from './schema-tree.tsx';

/** One object, with all that it has. */
export function ObjectSection({ object: { name, schema } }: { object: ObjectView }) {
  return (
    <section id={name} aria-labelledby={`${name}-title`} className="border-t border-line pt-8 pb-10">
      <h2 id={`${name}-title`} className="font-mono text-head font-semibold">
        <a href={`#${name}`} className="underline-offset-6 hover:underline">
          {name}
        </a>
      </h2>
      {schema.description && <Prose text={schema.description} className="mt-2 max-w-prose text-soft" />}
      <div className="mt-3 max-w-4xl">
        <SchemaTree schema={schema} />
      </div>
    </section>
  );
}
