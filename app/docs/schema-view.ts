import type { PropertyView, SchemaView } from '#components/reference/reference-view.ts';

/** JSON Schema as an OpenAPI 3.1 document has it; what is told of it. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  title?: string;
  description?: string;
  format?: string;
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  examples?: unknown[];
  minimum?: number;
  maximum?: number;
  multipleOf?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  contentMediaType?: string;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

const NOTHING: SchemaView = {
  type: 'anything',
  object: null,
  description: null,
  rules: [],
  values: [],
  properties: [],
  variants: [],
};

type Open = (name: string) => Schema | undefined;

/**
 * A schema as the reference shows it.
 * @param open gives what has a name, where that is to be shown here; otherwise it is shown at its own place
 */
export function toSchemaView(schema: Schema, open: Open = () => undefined): SchemaView {
  const description = schema.description ?? null;
  const shown = { ...NOTHING, description, rules: rulesOf(schema) };
  const object = nameOf(schema);
  if (object) {
    const opened = open(object);
    return opened ? toSchemaView(opened, open) : { ...shown, type: object, object };
  }
  if (schema.allOf?.length === 1) {
    return { ...toSchemaView(schema.allOf[0]!, open), ...(description && { description }) };
  }
  const options = schema.anyOf ?? schema.oneOf;
  if (options) return oneOf(options, shown, open);
  if (schema.items) return listOf(schema, toSchemaView(schema.items, open), shown);
  return { ...shown, type: typeOf(schema), values: valuesOf(schema), ...insideOf(schema, open) };
}

/** The name under which a schema is told of at its own place. */
function nameOf({ $ref }: Schema): string | null {
  return $ref?.split('/').at(-1) ?? null;
}

/** One of several; what may only be missing besides says so in its type. */
function oneOf(options: readonly Schema[], shown: SchemaView, open: Open): SchemaView {
  const real = options.filter(({ type }) => type !== 'null');
  const suffix = real.length < options.length ? ' or null' : '';
  if (real.length > 1) {
    const variants = real.map((schema, at) => ({
      title: titleOf(schema, open) ?? String(at + 1),
      schema: toSchemaView(schema, open),
    }));
    return { ...shown, type: `one of ${real.length}${suffix}`, variants };
  }
  const only = real[0] ? toSchemaView(real[0], open) : NOTHING;
  return {
    ...only,
    type: `${only.type}${suffix}`,
    description: shown.description ?? only.description,
    rules: [...only.rules, ...shown.rules],
  };
}

/** What tells one of several from the others: its title, what only it can be, or its name. */
function titleOf(schema: Schema, open: Open): string | null {
  const name = nameOf(schema);
  const opened = (name && open(name)) || schema;
  const [only] = Object.values(opened.properties ?? {}).flatMap((property) => property.const ?? []);
  return opened.title ?? (only === undefined ? name : String(only));
}

function listOf(schema: Schema, items: SchemaView, shown: SchemaView): SchemaView {
  const { type, object, values, properties, variants } = items;
  const suffix = isNullable(schema) ? ' or null' : '';
  return { ...shown, type: `list of ${type}${suffix}`, object, values, properties, variants };
}

function isNullable({ type }: Schema): boolean {
  return Array.isArray(type) && type.includes('null');
}

function typeOf(schema: Schema): string {
  const { type, format, contentMediaType, properties, additionalProperties: others } = schema;
  const types = (Array.isArray(type) ? type : [type ?? typeOfValues(schema)]).map((one) => one ?? 'anything');
  if (format === 'binary' || contentMediaType) return 'file';
  if (!properties && typeof others === 'object') return `${toSchemaView(others).type} by name`;
  return types.join(' or ') + (format ? ` (${format})` : '');
}

function typeOfValues({ enum: values, const: only }: Schema): string | undefined {
  const value = only ?? values?.[0];
  return value === undefined ? undefined : typeof value;
}

function valuesOf({ enum: values, const: only }: Schema): string[] {
  const all = only === undefined ? (values ?? []) : [only];
  return all.map(String);
}

function insideOf(schema: Schema, open: Open): Partial<SchemaView> {
  const { properties = {}, required = [], additionalProperties: others } = schema;
  const own: PropertyView[] = Object.entries(properties).map(([name, property]) => ({
    name,
    required: required.includes(name),
    schema: toSchemaView(property, open),
  }));
  if (own.length > 0 || typeof others !== 'object') return { properties: own };
  const { object, properties: inside, variants } = toSchemaView(others, open);
  return { object, properties: inside, variants };
}

function rulesOf(schema: Schema): string[] {
  const { default: usual, multipleOf, examples = [] } = schema;
  return [
    between(schema.minimum, schema.maximum, ''),
    between(schema.minLength, schema.maxLength, ' characters'),
    between(schema.minItems, schema.maxItems, ' items'),
    multipleOf === undefined ? null : `a multiple of ${multipleOf}`,
    usual === undefined || usual === '' ? null : `${JSON.stringify(usual)} where it is left out`,
    examples[0] === undefined ? null : `such as ${JSON.stringify(examples[0])}`,
  ].filter((rule) => rule !== null);
}

/** Bounds that are those of the number format say nothing. */
function between(least: number | undefined, most: number | undefined, unit: string): string | null {
  const from = least === undefined || least <= Number.MIN_SAFE_INTEGER ? undefined : least;
  const to = most === undefined || most >= Number.MAX_SAFE_INTEGER ? undefined : most;
  if (from === undefined && to === undefined) return null;
  if (to === undefined) return `${from} or more${unit}`;
  return from === undefined ? `at most ${to}${unit}` : `${from} to ${to}${unit}`;
}
