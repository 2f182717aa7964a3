import type { Session } from '#worker/engines/onnx/sessions';
import { planesToTensor, runSingle } from '#worker/engines/onnx/tensors';
import { channelOf, type Tile } from '../tiles/tile.ts';

/** The network halves its picture twice, so that sides have to be multiples of this. */
export const SIDE_UNIT = 4;

/**
 * A tile as one of the looks has it, 0..255: CartoonGAN (Chen et al., 2018). The network takes blue, green and red as
 * they are, and gives them as -1..1.
 */
export async function repaint(session: Session, tile: Tile): Promise<Tile> {
  const output = await runSingle(session, planesToTensor(turned(tile).data, tile.width, tile.height));
  const data = (output.data as Float32Array).map((value) => (value + 1) * 127.5);
  return turned({ ...tile, data });
}

/** Red for blue, or back. */
function turned(tile: Tile): Tile {
  const data = new Float32Array(tile.data.length);
  for (let channel = 0; channel < 3; channel++) {
    channelOf({ ...tile, data }, 2 - channel).data.set(channelOf(tile, channel).data);
  }
  return { ...tile, data };
}
