import proto from 'onnx-proto';

const { ModelProto, TensorProto } = proto.onnx;
const { FLOAT } = TensorProto.DataType;
const { EXTERNAL } = TensorProto.DataLocation;
const LENGTH = 1024;

/** A graph that adds 2 to each of 1024 float32, `x` to `y`, and the file in which it has its twos. */
export function graphWithData(location: string): { graph: Uint8Array; data: Uint8Array } {
  const data = new Uint8Array(new Float32Array(LENGTH).fill(2).buffer);
  const externalData = Object.entries({ location, offset: '0', length: String(data.length) });
  const twos = {
    name: 'twos',
    dataType: FLOAT,
    dims: [LENGTH],
    dataLocation: EXTERNAL,
    externalData: externalData.map(([key, value]) => ({ key, value })),
  };
  const node = [{ opType: 'Add', input: ['x', 'twos'], output: ['y'], attribute: [] }];
  const graph = { name: 'sum', node, initializer: [twos], input: [vector('x')], output: [vector('y')] };
  const model = { irVersion: 8, opsetImport: [{ domain: '', version: 17 }], graph };
  return { graph: ModelProto.encode(model).finish(), data };
}

function vector(name: string) {
  return { name, type: { tensorType: { elemType: FLOAT, shape: { dim: [{ dimValue: LENGTH }] } } } };
}
