import type { Session } from '#worker/engines/onnx/sessions';
import { planesToTensor, runSingle } from '#worker/engines/onnx/tensors';
import { enlargeBicubic } from '#worker/pipelines/raster/bicubic';
import { channelOf, type Tile } from '../tiles/tile.ts';
import { backProject } from './back-projection.ts';
import type { Factor, UpscaleNetwork } from './network.ts';

/** What one pass multiplies the sides by. */
const PASS = 2;

/** A tile, enlarged; its sides have to be even. */
export async function enlargeTile(
  session: Session,
  network: UpscaleNetwork,
  tile: Tile,
  factor: Factor,
): Promise<Tile> {
  let enlarged = tile;
  for (const detail of network.detail.slice(0, factor / PASS)) {
    enlarged = await double(session, network.white, enlarged, detail);
  }
  return enlarged;
}

async function double(session: Session, white: number, tile: Tile, detail: number): Promise<Tile> {
  const scaled = times(tile.data, white / 255);
  const output = await runSingle(session, planesToTensor(scaled, tile.width, tile.height));
  const data = times(output.data as Float32Array, 255 / white);
  const doubled = { width: tile.width * PASS, height: tile.height * PASS, data };
  if (detail < 1) softenDetail(doubled, tile, detail);
  backProject(doubled, tile);
  return doubled;
}

/** Mix in what bicubic interpolation gives, in place. */
function softenDetail(doubled: Tile, tile: Tile, detail: number): void {
  for (let channel = 0; channel < 3; channel++) {
    const { data } = channelOf(doubled, channel);
    const plain = enlargeBicubic(channelOf(tile, channel), PASS).data;
    for (let i = 0; i < data.length; i++) data[i] = data[i]! * detail + plain[i]! * (1 - detail);
  }
}

function times(values: Float32Array, factor: number): Float32Array {
  return factor === 1 ? values : values.map((value) => value * factor);
}
