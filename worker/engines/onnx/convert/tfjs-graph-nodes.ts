import { z } from 'zod';
import { type TfjsModel, type TfjsWeight, unfit } from './tfjs-weights.ts';

/** Protocol Buffers leave out what is zero, and write whole numbers of 64 bits as text. */
const whole = z.coerce.number().int().default(0);

/** Those kinds of attribute that the embedded networks have, as plain values; strings come as bytes. */
const attribute = z.union([
  z.object({ s: z.array(z.int()) }).transform(({ s }) => String.fromCharCode(...s)),
  z.object({ list: z.object({ i: z.array(whole) }) }).transform(({ list }) => list.i),
  z.object({ b: z.boolean() }).transform(({ b }) => b),
  z
    .object({ shape: z.object({ dim: z.array(z.object({ size: whole })) }) })
    .transform(({ shape }) => shape.dim.map(({ size }) => size)),
  z.object({ i: whole }).transform(({ i }) => i),
]);

const node = z.object({
  name: z.string(),
  op: z.string(),
  input: z.array(z.string()).default([]),
  attr: z.record(z.string(), attribute).default({}),
});

/** An operation of TensorFlow, and the names of those whose results it reads. */
export type TfjsNode = z.infer<typeof node>;

const topology = z.object({ node: z.array(node).min(1) });

/** The operations of a network and its weights, by their names. */
export class TfjsGraph {
  readonly #nodes: ReadonlyMap<string, TfjsNode>;
  readonly #weights: ReadonlyMap<string, TfjsWeight>;

  /** Throws AppError `model_unfit` where the topology is not one of TensorFlow.js. */
  constructor(model: TfjsModel) {
    const parsed = topology.safeParse(model.topology);
    if (!parsed.success) throw unfit('its topology is not a graph of operations', parsed.error);
    this.#nodes = new Map(parsed.data.node.map((found) => [found.name, found]));
    this.#weights = model.weights;
  }

  /** Throws AppError `model_unfit` where there is none of that name. */
  node(name: string): TfjsNode {
    const found = this.#nodes.get(name);
    if (!found) throw unfit(`its operation ${name} is missing`);
    return found;
  }

  /** Throws AppError `model_unfit` where there are none of that name. */
  weight(name: string): TfjsWeight {
    const found = this.#weights.get(name);
    if (!found) throw unfit(`its weights ${name} are missing`);
    return found;
  }

  /** What an operation reads, where it is the one asked for; nothing otherwise. */
  operands(name: string | undefined, op: string): readonly string[] {
    const found = name === undefined ? undefined : this.#nodes.get(name);
    return found?.op === op ? found.input : [];
  }

  /** The one operation that no other reads. Throws AppError `model_unfit` where there is not just one. */
  last(): TfjsNode {
    const read = new Set([...this.#nodes.values()].flatMap(({ input }) => input));
    const unread = [...this.#nodes.values()].filter(({ name }) => !read.has(name));
    if (unread.length !== 1) throw unfit(`it gives ${unread.length} results instead of one`);
    return unread[0]!;
  }
}
