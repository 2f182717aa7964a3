import { AppError } from '#lib/core/errors';
import type { GraphName, ModelIndex } from '#lib/models/contract/model-index';
import { INDEX_FILE } from '#lib/models/contract/read-index';
import type { Session } from '#worker/engines/onnx/sessions';
import { expectedTensors } from './expected-tensors.ts';
import { handoversOf } from './handovers.ts';
import { type GraphMetadata, misfits, unlike } from './misfits.ts';

/** Where the sessions of a model's graphs come from. */
export interface GraphSource {
  open(graph: GraphName): Promise<Session>;
  close(graph: GraphName): Promise<void>;
}

/** The graphs of one model, each opened when it is first asked for and held against the index before it is run. */
export class GraphSet {
  readonly index: ModelIndex;
  readonly #source: GraphSource;
  readonly #sessions = new Map<GraphName, Session>();
  /** Kept of every graph that was ever opened: what one gives is what another takes. */
  readonly #metadata = new Map<GraphName, GraphMetadata>();

  constructor(index: ModelIndex, source: GraphSource) {
    this.index = index;
    this.#source = source;
  }

  /** Throws AppError `model_unfit` that names graph and tensor, what was expected and what was found. */
  async open(graph: GraphName): Promise<Session> {
    const known = this.#sessions.get(graph);
    if (known) return known;
    const session = await this.#source.open(graph);
    this.#sessions.set(graph, session);
    const { inputMetadata, outputMetadata } = session;
    this.#metadata.set(graph, { inputMetadata, outputMetadata });
    const found = [
      ...misfits(expectedTensors(this.index, graph), session).map((misfit) => `${graph}: ${misfit}`),
      ...this.#crossMisfits(graph),
    ];
    if (found.length === 0) return session;
    await this.close(graph);
    throw this.unfit(found);
  }

  async close(graph: GraphName): Promise<void> {
    if (!this.#sessions.delete(graph)) return;
    await this.#source.close(graph);
  }

  unfit(misfits: readonly string[]): AppError {
    const message = `The graphs of ${this.index.title} are not what its ${INDEX_FILE} says: ${misfits.join('; ')}.`;
    const suggestion = 'Export the model again, with the tools of this version.';
    return new AppError('model_unfit', message, { suggestion });
  }

  /** Between this graph and those that were opened before it. */
  #crossMisfits(graph: GraphName): string[] {
    return handoversOf(this.index).flatMap(({ giver, given, taker, taken, from }) => {
      const [gives, takes] = [this.#metadata.get(giver), this.#metadata.get(taker)];
      if ((giver !== graph && taker !== graph) || !gives || !takes) return [];
      const outputs = given.map((name) => gives.outputMetadata.find((tensor) => tensor.name === name));
      const inputs = taken.map((name) => takes.inputMetadata.find((tensor) => tensor.name === name));
      return unlike(outputs, inputs, from).map((misfit) => `${giver} and ${taker}: ${misfit}`);
    });
  }
}
