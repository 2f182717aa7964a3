import { z } from 'zod';

/** A JSON Schema (2020-12), or what refers to one. */
export type JsonSchema = z.core.JSONSchema.JSONSchema;

/** Whether a schema is of what is sent in or of what is sent back, where the two differ. */
type Direction = 'input' | 'output';

/** Collects the schemas that have a name, as others are written that refer to them. */
export class Components {
  readonly schemas: Record<string, JsonSchema> = {};

  /** A schema as JSON Schema. Throws where two of one name are not the same. */
  write(schema: z.ZodType, direction: Direction): JsonSchema {
    const { $schema: _, $defs = {}, ...written } = pointingHere(convert(schema, direction));
    for (const [name, named] of Object.entries($defs)) this.#add(name, named as JsonSchema);
    return written;
  }

  #add(name: string, schema: JsonSchema): void {
    const known = this.schemas[name];
    if (known && JSON.stringify(known) !== JSON.stringify(schema)) {
      throw new Error(`Two schemas are called ${name}.`);
    }
    this.schemas[name] = schema;
  }
}

function convert(schema: z.ZodType, direction: Direction): JsonSchema {
  return z.toJSONSchema(schema, {
    io: direction,
    unrepresentable: 'any',
    override: ({ jsonSchema }) => tidy(jsonSchema, direction),
  });
}

function tidy(schema: JsonSchema, direction: Direction): void {
  // Said by `format` already, and unreadable.
  if (schema.format) delete schema.pattern;
  // What a form of ours shows for each choice.
  delete schema['labels'];
  delete schema.contentEncoding;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  // What is sent back may come to have more.
  if (direction === 'output' && schema.additionalProperties === false) delete schema.additionalProperties;
  if (String(schema.enum) === 'true,false') writeAsBoolean(schema);
}

/** Addresses have no booleans, but words for them. */
function writeAsBoolean(schema: JsonSchema): void {
  schema.type = 'boolean';
  delete schema.enum;
}

function pointingHere(schema: JsonSchema): JsonSchema {
  const text = JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/');
  return JSON.parse(text) as JsonSchema;
}
