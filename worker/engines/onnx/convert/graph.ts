import proto, { type onnx } from 'onnx-proto';

/** Node finds the parts of this CommonJS package only behind its default export. */
const { AttributeProto, ModelProto, TensorProto } = proto.onnx;

/** ONNX operator set of the graphs built here: the newest that every conversion was tried with. */
const OPSET = 17;
const IR_VERSION = 8;
const { FLOAT, INT64 } = TensorProto.DataType;

/** A dimension: a number, or the name of one that is known only when the network runs. */
export type Dimension = number | string;

/** Whole numbers are ONNX `int`s, other numbers have to be wrapped by `float`. */
export type Attribute = number | readonly number[] | string | Float;

interface Float {
  float: number;
}

/** A number that ONNX takes as a float, even where it is whole. */
export function float(value: number): Float {
  return { float: value };
}

/**
 * An ONNX graph in the making, for networks that arrive in other formats. Tensors go by name; each operator says what
 * its attributes mean: https://onnx.ai/onnx/operators/.
 */
export class GraphBuilder {
  readonly #nodes: onnx.INodeProto[] = [];
  readonly #initialisers: onnx.ITensorProto[] = [];
  readonly #inputs: onnx.IValueInfoProto[] = [];
  readonly #outputs: onnx.IValueInfoProto[] = [];

  /** A float32 tensor that the network is run on. */
  input(name: string, dimensions: readonly Dimension[]): void {
    this.#inputs.push(floatTensor(name, dimensions));
  }

  /** A float32 tensor that the network gives. */
  output(name: string, dimensions: readonly Dimension[]): void {
    this.#outputs.push(floatTensor(name, dimensions));
  }

  /** A float32 constant; returns its name. */
  constant(name: string, values: Float32Array, dimensions: readonly number[]): string {
    const rawData = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    this.#initialisers.push({ name, dataType: FLOAT, dims: [...dimensions], rawData });
    return name;
  }

  /** An int64 constant of one dimension, as shapes and axes are given; returns its name. */
  integers(name: string, values: readonly number[]): string {
    const words = BigInt64Array.from(values, BigInt);
    const rawData = new Uint8Array(words.buffer);
    this.#initialisers.push({ name, dataType: INT64, dims: [values.length], rawData });
    return name;
  }

  /** An operator. An empty name among the inputs leaves an optional one out. Returns the name of its first output. */
  node(
    opType: string,
    input: readonly string[],
    output: string | readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): string {
    const outputs = typeof output === 'string' ? [output] : [...output];
    const attribute = Object.entries(attributes).map(([name, value]) => toAttribute(name, value));
    this.#nodes.push({ opType, input: [...input], output: outputs, attribute });
    return outputs[0]!;
  }

  /** The model as the bytes of an .onnx file. */
  encode(): Uint8Array {
    const graph = {
      name: 'network',
      node: this.#nodes,
      initializer: this.#initialisers,
      input: this.#inputs,
      output: this.#outputs,
    };
    const opsetImport = [{ domain: '', version: OPSET }];
    const model = { irVersion: IR_VERSION, producerName: 'multiplane', opsetImport, graph };
    return ModelProto.encode(model).finish();
  }
}

function floatTensor(name: string, dimensions: readonly Dimension[]): onnx.IValueInfoProto {
  const dim = dimensions.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size }));
  return { name, type: { tensorType: { elemType: FLOAT, shape: { dim } } } };
}

function toAttribute(name: string, value: Attribute): onnx.IAttributeProto {
  const { AttributeType } = AttributeProto;
  if (typeof value === 'number') return { name, type: AttributeType.INT, i: value };
  if (typeof value === 'string') return { name, type: AttributeType.STRING, s: Buffer.from(value) };
  if ('float' in value) return { name, type: AttributeType.FLOAT, f: value.float };
  return { name, type: AttributeType.INTS, ints: [...value] };
}
