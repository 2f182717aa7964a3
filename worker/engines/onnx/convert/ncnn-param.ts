import { AppError } from '#lib/core/errors';

/** What every .param file of the text format begins with. */
const MAGIC = '7767517';
/** A parameter that is a list goes by this minus its id. */
const LIST_KEY = -23300;

/** One operator of an ncnn graph. Blobs, which are what ncnn calls tensors, go by name. */
export interface NcnnLayer {
  type: string;
  name: string;
  inputs: readonly string[];
  outputs: readonly string[];
  /** Parameters by id, each as a list; what is left out has a default that the operator knows. */
  params: ReadonlyMap<number, readonly number[]>;
}

/**
 * Read the text of an ncnn .param file: layers in the order they run. Throws AppError `model_unfit`.
 * Source: https://github.com/Tencent/ncnn/wiki/param-and-model-file-structure
 */
export function parseNcnnParam(text: string): NcnnLayer[] {
  const [magic, counts, ...lines] = text.trim().split(/\r?\n/);
  if (magic?.trim() !== MAGIC) throw unfitNcnn('Its description is not one of ncnn');
  const layers = lines.map(parseLayer);
  if (layers.length !== wholeNumber(counts?.trim().split(/\s+/)[0]))
    throw unfitNcnn('Its description is cut off');
  return layers;
}

/** A network that cannot be used. `what` is wrong with it goes before “: …”. */
export function unfitNcnn(what: string): AppError {
  return new AppError('model_unfit', `${what}: the network cannot be read.`, {
    suggestion: 'Remove its files and download them again.',
  });
}

/** `type name inputCount outputCount inputs… outputs… id=value…` */
function parseLayer(line: string): NcnnLayer {
  const [type, name, inputCount, outputCount, ...rest] = line.trim().split(/\s+/);
  const firstOutput = wholeNumber(inputCount);
  const firstParam = firstOutput + wholeNumber(outputCount);
  if (!type || !name || rest.length < firstParam) throw unfitNcnn('A layer of its description is cut off');
  return {
    type,
    name,
    inputs: rest.slice(0, firstOutput),
    outputs: rest.slice(firstOutput, firstParam),
    params: new Map(rest.slice(firstParam).map(parseParam)),
  };
}

/** `id=value`, or `LIST_KEY - id=length,value,value…` */
function parseParam(word: string): [id: number, values: readonly number[]] {
  const [key, ...values] = word.split(/[=,]/).map(Number);
  if (key === undefined || values.length === 0 || values.some(Number.isNaN)) {
    throw unfitNcnn('A layer of its description has a parameter that is no number');
  }
  if (key > LIST_KEY) return [key, values];
  const [length, ...list] = values;
  if (length !== list.length) throw unfitNcnn('A list in its description is cut off');
  return [LIST_KEY - key, list];
}

function wholeNumber(word: string | undefined): number {
  const value = Number(word);
  if (!Number.isInteger(value) || value < 0)
    throw unfitNcnn('Its description does not say how much it holds');
  return value;
}
