import { z } from 'zod';
import { GraphBuilder } from './graph.ts';
import { LAYER_KINDS } from './tfjs-layers-kinds.ts';
import { readTfjsModel, type TfjsModel, type TfjsWeight, unfit } from './tfjs-weights.ts';

const tensorOf = z.tuple([z.string(), z.literal(0), z.literal(0)]).rest(z.unknown());

const layer = z.object({
  class_name: z.string(),
  name: z.string(),
  config: z.record(z.string(), z.unknown()),
  /** For each time it is called, the tensors it is called with: by name, each the first of its layer's first call. */
  inbound_nodes: z.array(z.array(tensorOf)).max(1),
});

type Layer = z.infer<typeof layer>;

/** A Keras model of layers that are each called once, in an order in which each comes after those it reads. */
const functional = z.object({
  model_config: z.object({
    class_name: z.literal(['Functional', 'Model']),
    config: z.object({
      layers: z.array(layer),
      input_layers: z.tuple([tensorOf]),
      output_layers: z.tuple([tensorOf]),
    }),
  }),
});

/**
 * A network of TensorFlow.js layers as ONNX: `paths` are its model.json and its shards. Keras' NHWC pictures
 * become NCHW of any size, in the same range of values. Throws AppError `model_unfit`, which names a layer that is not
 * known.
 */
export async function tfjsLayersToOnnx(paths: readonly string[]): Promise<Uint8Array> {
  return convertLayers(await readTfjsModel(paths));
}

export function convertLayers({ topology, weights }: TfjsModel): Uint8Array {
  const parsed = functional.safeParse(topology);
  if (!parsed.success) throw unfit('its layers are not in a form that is known', parsed.error);
  const { layers, input_layers, output_layers } = parsed.data.model_config.config;
  const graph = new GraphBuilder();
  graph.input(input_layers[0][0], [1, 3, 'height', 'width']);
  for (const each of layers) if (each.class_name !== 'InputLayer') addLayer(graph, each, weights);
  graph.output(output_layers[0][0], [1, 'channels of result', 'height of result', 'width of result']);
  return graph.encode();
}

function addLayer(graph: GraphBuilder, layer: Layer, weights: ReadonlyMap<string, TfjsWeight>): void {
  const { name, class_name: className, config, inbound_nodes: calls } = layer;
  const add = LAYER_KINDS.get(className);
  if (!add) throw unfit(`its layer ${name} is a ${className}, which is not known`);
  add({
    graph,
    name,
    config,
    inputs: (calls[0] ?? []).map(([from]) => from),
    weight(which) {
      const weight = weights.get(`${name}/${which}`);
      if (!weight) throw unfit(`its layer ${name} has no ${which}`);
      return weight;
    },
  });
}
