import { z } from 'zod';
import type { GraphBuilder } from './graph.ts';
import { kernelOf } from './tfjs-kernel.ts';
import { type TfjsWeight, unfit } from './tfjs-weights.ts';

/** A layer that is to become operators, and what it reads. */
export interface LayerSite {
  graph: GraphBuilder;
  name: string;
  /** Its settings, as Keras wrote them. */
  config: unknown;
  /** Names of the tensors it is called with, in their order. */
  inputs: readonly string[];
  /** One of its own weights, such as `kernel`. Throws AppError `model_unfit` where there is none. */
  weight(name: string): TfjsWeight;
}

/**
 * Adds a layer to the graph; what it gives bears its name. Keras lays pictures out as NHWC, these graphs as NCHW. Throws
 * AppError `model_unfit` where the layer is set in a way that no embedded network is.
 */
export type LayerKind = (site: LayerSite) => void;

const activation = z.enum(['linear', 'relu']);
const one = z.literal(1);
const channelsLast = z.literal('channels_last');

const conv2d = kind(
  z.object({
    activation,
    data_format: channelsLast,
    dilation_rate: z.tuple([one, one]),
    groups: one,
    padding: z.enum(['same', 'valid']),
    strides: z.tuple([one, one]),
    use_bias: z.literal(true),
  }),
  ({ graph, name, inputs, weight }, settings) => {
    const kernel = kernelOf(weight('kernel'));
    const bias = weight('bias');
    const operands = [
      inputs[0]!,
      graph.constant(`${name}/kernel`, kernel.values, kernel.shape),
      graph.constant(`${name}/bias`, bias.values, bias.shape),
    ];
    const isLinear = settings.activation === 'linear';
    const padding = settings.padding === 'same' ? 'SAME_UPPER' : 'VALID';
    graph.node('Conv', operands, isLinear ? name : `${name}/sum`, { auto_pad: padding });
    if (!isLinear) graph.node('Relu', [`${name}/sum`], name);
  },
);

const relu = kind(z.object({ activation: z.literal('relu') }), ({ graph, name, inputs }) => {
  graph.node('Relu', inputs, name);
});

const add = kind(z.object({}), ({ graph, name, inputs }) => {
  graph.node('Sum', inputs, name);
});

/** Of channels: axis 3, or the last, is axis 1 here. */
const concatenate = kind(z.object({ axis: z.literal([3, -1]) }), ({ graph, name, inputs }) => {
  graph.node('Concat', inputs, name, { axis: 1 });
});

/** Every pixel becomes a block of itself. */
const upSampling2d = kind(
  z.object({
    data_format: channelsLast,
    interpolation: z.literal('nearest'),
    size: z.tuple([z.int().positive(), z.int().positive()]),
  }),
  ({ graph, name, inputs }, { size }) => {
    const scales = graph.constant(`${name}/scales`, Float32Array.of(1, 1, ...size), [4]);
    graph.node('Resize', [inputs[0]!, '', scales], name, {
      mode: 'nearest',
      nearest_mode: 'floor',
      coordinate_transformation_mode: 'asymmetric',
    });
  },
);

/** Those of the embedded networks. https://keras.io/api/layers/ says what each does. */
export const LAYER_KINDS: ReadonlyMap<string, LayerKind> = new Map([
  ['Conv2D', conv2d],
  ['Activation', relu],
  ['Add', add],
  ['Concatenate', concatenate],
  ['UpSampling2D', upSampling2d],
]);

/** A kind of layer whose settings have to be of a certain form. */
function kind<T>(settings: z.ZodType<T>, emit: (site: LayerSite, settings: T) => void): LayerKind {
  return (site) => {
    const parsed = settings.safeParse(site.config);
    if (!parsed.success) throw unfit(`its layer ${site.name} has settings of another form`, parsed.error);
    emit(site, parsed.data);
  };
}
