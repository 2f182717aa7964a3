import type { ReactNode } from 'react';
import { Prose } from './prose.tsx';
import type { PropertyView, SchemaView, VariantView } from './reference-view.ts';

/**
 * What is in a value; what is in that again, somebody has to open.
 * @param isInput of what is sent in, what has to be there is told; of what is sent back, what may be missing
 */
export function SchemaTree({ schema, isInput = false }: { schema: SchemaView; isInput?: boolean }) {
  return (
    <>
      {schema.properties.length > 0 && <PropertyList properties={schema.properties} isInput={isInput} />}
      {schema.variants.map((variant) => (
        <Variant key={variant.title} variant={variant} isInput={isInput} />
      ))}
    </>
  );
}

function Variant({ variant: { title, schema }, isInput }: { variant: VariantView; isInput: boolean }) {
  if (schema.properties.length + schema.variants.length === 0) {
    return (
      <p>
        <TypeName schema={schema} />
      </p>
    );
  }
  return (
    <Fold title={title}>
      {schema.description && <Prose text={schema.description} className="mb-2 text-small text-soft" />}
      <SchemaTree schema={schema} isInput={isInput} />
    </Fold>
  );
}

function PropertyList({ properties, isInput }: { properties: readonly PropertyView[]; isInput: boolean }) {
  return (
    <dl className="divide-y divide-line">
      {properties.map(({ name, required, schema }) => (
        <div key={name} className="py-2.5">
          <dt>
            <ValueLine name={name} schema={schema} notes={[noteOf(required, isInput)]} />
          </dt>
          <dd className="grid gap-1.5">
            <ValueNotes schema={schema} />
            <Inside schema={schema} isInput={isInput} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Inside({ schema, isInput }: { schema: SchemaView; isInput: boolean }) {
  const { properties, variants } = schema;
  if (properties.length + variants.length === 0) return null;
  const count = properties.length;
  const title =
    count > 0 ? `${count} ${count === 1 ? 'property' : 'properties'}` : `${variants.length} forms`;
  return (
    <Fold title={title}>
      <SchemaTree schema={schema} isInput={isInput} />
    </Fold>
  );
}

function Fold({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="group/fold mt-1">
      <summary className="inline-flex items-center gap-1.5 rounded-control text-small text-accent marker:content-none hover:text-accent-strong [&::-webkit-details-marker]:hidden">
        <svg
          viewBox="0 0 10 10"
          aria-hidden="true"
          className="size-2.5 transition-transform group-open/fold:rotate-90"
        >
          <path d="M3 1.5 7 5 3 8.5" fill="none" stroke="currentColor" strokeWidth="1.5" />
        </svg>
        {title}
      </summary>
      <div className="mt-1 ml-1 border-l border-line pl-4">{children}</div>
    </details>
  );
}

function noteOf(required: boolean, isInput: boolean): string | null {
  if (isInput) return required ? 'required' : null;
  return required ? null : 'may be missing';
}

/** The name of a value, its type, and a few words besides. */
export function ValueLine({
  name,
  schema,
  notes,
}: {
  name: string;
  schema: SchemaView;
  notes: readonly (string | null | false)[];
}) {
  return (
    <span className="flex flex-wrap items-baseline gap-x-2.5 gap-y-0.5 text-small text-faint">
      <code className="font-mono font-semibold break-all text-ink">{name}</code>
      <TypeName schema={schema} />
      {notes.map(
        (note) =>
          note && (
            <span key={note} className={note === 'required' ? 'text-warn' : undefined}>
              {note}
            </span>
          ),
      )}
    </span>
  );
}

/** A type in words; one with a name leads to where it is told of. */
export function TypeName({ schema: { type, object } }: { schema: SchemaView }) {
  if (!object) return <span className="text-small text-faint">{type}</span>;
  const [before, after] = type.split(object);
  return (
    <span className="text-small text-faint">
      {before}
      <a href={`/docs/objects#${object}`} className="text-accent underline-offset-4 hover:underline">
        {object}
      </a>
      {after}
    </span>
  );
}

/** What is said of a value: its meaning, what holds of it, and what it may be. */
export function ValueNotes({ schema: { description, rules, values } }: { schema: SchemaView }) {
  return (
    <>
      {description && <Prose text={description} className="mt-0.5 text-small text-soft" />}
      {rules.length > 0 && <p className="text-small text-faint">{rules.join(' · ')}</p>}
      {values.length > 0 && (
        <p className="flex flex-wrap gap-1.5 pt-0.5">
          {values.map((value) => (
            <code
              key={value}
              className="rounded-[0.25rem] bg-ink/7 px-1.5 font-mono text-[0.75rem] leading-5 text-soft"
            >
              {value}
            </code>
          ))}
        </p>
      )}
    </>
  );
}
