import type { Session } from '#worker/engines/onnx/sessions';
import { bind } from './binding.ts';

/** What the UNet is shown of a text: CLIP's states, one row for each of its tokens. */
export interface TextStates {
  values: Float32Array;
  /** [1, tokens, width]. */
  dims: readonly number[];
}

/** The states of a text of CLIP tokens (77, with beginning, end and padding). Throws AppError `model_unfit`. */
export async function encodeText(session: Session, ids: readonly number[]): Promise<TextStates> {
  const network = bind(session, 'text encoder', { inputs: ['input_ids'], output: ['last_hidden_state'] });
  return network.run({ input_ids: { values: ids, dims: [1, ids.length] } });
}
