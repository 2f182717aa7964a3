import { z } from 'zod';
import type { Model } from '#lib/models/model';
import type { OwnRule } from './model-params.ts';
import type { PipelineDeclaration } from './pipeline.ts';

/** One parameter, as JSON Schema has it. */
type Property = Record<string, unknown>;

/** What a pipeline's parameters can be, as JSON Schema: with one model, or whichever it is. */
export function paramsSchema(declaration: PipelineDeclaration, model?: Model): Record<string, unknown> {
  const { $schema, properties = {}, ...rest } = z.toJSONSchema(declaration.params, { io: 'input' });
  const { unused, own } = (model && declaration.paramsWith?.(model)) ?? { unused: [], own: {} };
  const used = Object.entries(properties).filter(([name]) => !unused.includes(name));
  const narrowed = used.map(([name, property]) => [name, narrow(property as Property, own[name])]);
  return { $schema, ...rest, properties: Object.fromEntries(narrowed) };
}

/** A parameter as one model has it. A rule that JSON Schema has no word for stands in its description. */
function narrow(property: Property, own: OwnRule | undefined): Property {
  if (!own) return property;
  const { usual, minimum, maximum, step, enum: names, rule } = own;
  const isValue = typeof usual === 'number' || (names?.includes(usual!) ?? false);
  const said = [
    property['description'],
    rule && `With this model: ${rule}.`,
    !isValue && usual && `Usually ${usual}.`,
  ];
  return {
    ...property,
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
    ...(step !== undefined && minimum! % step === 0 && { multipleOf: step }),
    ...(names && { enum: names }),
    ...(isValue && { default: usual }),
    description: said.filter(Boolean).join(' '),
  };
}
