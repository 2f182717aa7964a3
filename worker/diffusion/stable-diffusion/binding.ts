import { AppError } from '#lib/core/errors';
import type { Session } from '#worker/engines/onnx/sessions';
import {
  floatsOf,
  inputsOf,
  outputsOf,
  type Tensor,
  type TensorFacts,
  tensorOf,
} from '#worker/engines/onnx/typed-tensors';

/** A network whose inputs and outputs are known to be there. */
export interface Bound {
  /** What an input takes; undefined for one that the graph does not have. */
  input(name: string): TensorFacts | undefined;
  /** Run it on values of the shapes told, in whichever number type its inputs have. */
  run(values: Record<string, Fed>): Promise<Result>;
}

interface Fed {
  values: Float32Array | readonly number[];
  dims: readonly number[];
}

interface Result {
  values: Float32Array;
  dims: readonly number[];
}

interface Wanted {
  inputs: readonly string[];
  /** Those that only some exports have. */
  optional?: readonly string[];
  /** Names that exporters give the one output that is wanted. */
  output: readonly string[];
}

/**
 * Hold a graph against the inputs and the output that it is to have, whatever the types of its numbers are. Throws
 * AppError `model_unfit` that names what is missing, or asked for besides.
 */
export function bind(session: Session, title: string, { inputs, optional = [], output }: Wanted): Bound {
  const given = inputsOf(session);
  const outputs = outputsOf(session);
  const missing = inputs.find((name) => !given.has(name));
  if (missing !== undefined) throw unfit(title, `has no input ${missing}`);
  const unknown = [...given.keys()].find((name) => ![...inputs, ...optional].includes(name));
  if (unknown !== undefined) throw unfit(title, `asks for ${unknown}, which is not known here`);
  const wanted = output.find((name) => outputs.has(name));
  if (wanted === undefined) throw unfit(title, `gives no ${output.join(' or ')}`);
  return {
    input: (name) => given.get(name),
    async run(values) {
      const fed = Object.entries(values).map(([name, { values: numbers, dims }]) => {
        return [name, tensorOf(numbers, given.get(name)!.type, dims)] as const;
      });
      const { [wanted]: result } = await session.run(Object.fromEntries(fed), [wanted]);
      const tensor = result as Tensor;
      return { values: floatsOf(tensor), dims: tensor.dims };
    },
  };
}

function unfit(title: string, what: string): AppError {
  return new AppError('model_unfit', `The ${title} of this model ${what}.`, {
    suggestion: 'Its export is of another kind than those of Stable Diffusion 1.5 that Optimum makes.',
  });
}
