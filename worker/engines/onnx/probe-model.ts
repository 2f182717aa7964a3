/** Side of the square matrix that the probe multiplies. */
export const PROBE_SIDE = 512;

const FLOAT32 = 1;
const IR_VERSION = 8;
const OPSET = 13;

/**
 * An ONNX model without weights, for trying out a device: `x` float32 [512, 512] goes through `products` MatMul nodes,
 * each by `x` again, to `y`: a quarter of a billion operations each, so that a device shows by its time what it is.
 * Built here field by field (onnx.proto3, protobuf wire format) because it is smaller than a file to ship.
 */
export function probeModel(products: number): Uint8Array {
  const names = ['x', ...Array.from({ length: products - 1 }, (_, i) => `product_${i}`), 'y'];
  const nodes = Array.from({ length: products }, (_, i) => field(1, matMul(names[i]!, 'x', names[i + 1]!)));
  const graph = [...nodes.flat(), ...text(2, 'probe'), ...field(11, matrix('x')), ...field(12, matrix('y'))];
  const opset = field(8, [...text(1, ''), ...number(2, OPSET)]);
  return Uint8Array.from([...number(1, IR_VERSION), ...opset, ...field(7, graph)]);
}

/** NodeProto: input = 1, output = 2, op_type = 4. */
function matMul(left: string, right: string, product: string): number[] {
  return [...text(1, left), ...text(1, right), ...text(2, product), ...text(4, 'MatMul')];
}

/** ValueInfoProto: name = 1, type = 2 { tensor_type = 1 { elem_type = 1, shape = 2 { dim = 1 { dim_value = 1 } } } }. */
function matrix(name: string): number[] {
  const side = field(1, number(1, PROBE_SIDE));
  const tensor = [...number(1, FLOAT32), ...field(2, [...side, ...side])];
  return [...text(1, name), ...field(2, field(1, tensor))];
}

/** A varint field (wire type 0). */
function number(tag: number, value: number): number[] {
  return [tag << 3, ...varint(value)];
}

/** A length-delimited field (wire type 2): a nested message or the bytes of a string. */
function field(tag: number, bytes: number[]): number[] {
  return [(tag << 3) | 2, ...varint(bytes.length), ...bytes];
}

function text(tag: number, value: string): number[] {
  return field(tag, [...Buffer.from(value)]);
}

function varint(value: number): number[] {
  return value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >> 7)];
}
