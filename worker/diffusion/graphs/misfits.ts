import type { Session } from '#worker/engines/onnx/sessions';
import type { ExpectedDimension, ExpectedGraph, ExpectedTensor } from './expected-tensors.ts';

/** What a graph says of its own tensors. */
export type GraphMetadata = Pick<Session, 'inputMetadata' | 'outputMetadata'>;
type Found = Session['inputMetadata'][number];
/** One that is missing is told of elsewhere. */
type Maybe = Found | undefined;

/** Everything in which a graph is not what its index says, tensor by tensor, in words for people. */
export function misfits({ inputs, outputs }: ExpectedGraph, found: GraphMetadata): string[] {
  const named = new Set(inputs.map(({ name }) => name));
  const unnamed = found.inputMetadata.filter(({ name }) => !named.has(name));
  return [
    ...inputs.flatMap((input) => compare('input', input, found.inputMetadata)),
    ...unnamed.map(
      (tensor) => `it takes “${tensor.name}” (${describe(tensor)}), which the index does not name`,
    ),
    ...outputs.flatMap((output) => compare('output', output, found.outputMetadata)),
  ];
}

function compare(kind: 'input' | 'output', expected: ExpectedTensor, all: readonly Found[]): string[] {
  const found = all.find(({ name }) => name === expected.name);
  const wanted = `${expected.type}${expected.dims ? ` [${expected.dims.map(inWords).join(', ')}]` : ''}`;
  if (!found) {
    const names = all.map(({ name }) => name).join(', ');
    return [`there is no ${kind} “${expected.name}” (expected ${wanted}; there are ${names})`];
  }
  if (found.isTensor && found.type === expected.type && fits(expected.dims, found.shape)) return [];
  return [`${kind} “${expected.name}” is ${describe(found)}, expected ${wanted}`];
}

/** A shape that is not told, which looks like that of a single number, may be any. */
function fits(expected: ExpectedTensor['dims'], found: readonly (number | string)[]): boolean {
  if (expected === null || found.length === 0) return true;
  return found.length === expected.length && found.every((size, at) => fitsDimension(expected[at]!, size));
}

function fitsDimension(expected: ExpectedDimension, found: number | string): boolean {
  if (expected === null) return true;
  // What the run decides must not be fixed; what is decided here may be left open by the graph.
  if (typeof expected === 'string') return typeof found === 'string';
  if (typeof found === 'string') return true;
  return typeof expected === 'number' ? found === expected : expected.includes(found);
}

/**
 * How tensors that one graph gives and another takes differ, pair by pair; what is left open by either fits. `from`
 * is the first dimension that counts.
 */
export function unlike(given: readonly Maybe[], taken: readonly Maybe[], from = 0): string[] {
  return given.flatMap((one, at) => {
    const other = taken[at];
    if (!one?.isTensor || !other?.isTensor || sameShape(one.shape, other.shape, from)) return [];
    return [`“${one.name}” is given as ${describe(one)} and “${other.name}” taken as ${describe(other)}`];
  });
}

function sameShape(a: readonly (number | string)[], b: readonly (number | string)[], from: number): boolean {
  if (a.length === 0 || b.length === 0) return true;
  return (
    a.length === b.length &&
    a.every(
      (size, at) => at < from || typeof size === 'string' || typeof b[at] === 'string' || size === b[at],
    )
  );
}

function describe(found: Found): string {
  if (!found.isTensor) return 'no tensor';
  return `${found.type} [${found.shape.map((size) => size || '?').join(', ')}]`;
}

function inWords(dimension: ExpectedDimension): string {
  if (dimension === null) return 'any';
  return Array.isArray(dimension) ? dimension.join(' or ') : String(dimension);
}
