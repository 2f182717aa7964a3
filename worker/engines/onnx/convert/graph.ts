import proto, { type onnx } from 'onnx-proto';

/** Node finds the parts of this CommonJS package only behind its default export. */
const { AttributeProto, ModelProto, TensorProto } = proto.onnx;

/** ONNX operator set of the graphs built here: the newest that every conversion was tried with. */
const OPSET = 17;
const IR_VERSION = 8;
const { FLOAT, FLOAT16, INT32, INT64 } = TensorProto.DataType;

/** What a tensor that goes in or comes out is made of. */
export type ElementType = 'float32' | 'float16' | 'int32' | 'int64';

const ELEMENT_TYPES: Readonly<Record<ElementType, number>> = {
  float32: FLOAT,
  float16: FLOAT16,
  int32: INT32,
  int64: INT64,
};

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

  /** A tensor that the network is run on. */
  input(name: string, dimensions: readonly Dimension[], type: ElementType = 'float32'): void {
    this.#inputs.push(tensorInfo(name, dimensions, type));
  }

  /** A tensor that the network gives. */
  output(name: string, dimensions: readonly Dimension[], type: ElementType = 'float32'): void {
    this.#outputs.push(tensorInfo(name, dimensions, type));
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

function tensorInfo(name: string, dimensions: readonly Dimension[], type: ElementType): onnx.IValueInfoProto {
  const dim = dimensions.map((size) => (typeof size === 'number' ? { dimValue: size } : { dimParam: size }));
  return { name, type: { tensorType: { elemType: ELEMENT_TYPES[type], shape: { dim } } } };
}

function toAttribute(name: string, value: Attribute): onnx.IAttributeProto {
  const { AttributeType } = AttributeProto;
  if (typeof value === 'number') return { name, type: AttributeType.INT, i: value };
  if (typeof value === 'string') return { name, type: AttributeType.STRING, s: Buffer.from(value) };
  if ('float' in value) return { name, type: AttributeType.FLOAT, f: value.float };
  return { name, type: AttributeType.INTS, ints: [...value] };
}
