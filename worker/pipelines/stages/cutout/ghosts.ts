import { connectedComponents } from '#worker/pipelines/raster/components';
import type { Plane } from '#worker/pipelines/raster/size';

/** Opacity from which something is taken to show. */
const FAINT = 0.02;
/** Opacity that some pixel of a thing has at least. */
const SOLID = 0.5;

/** Take away what hangs together with nothing solid: shades of the background that the network was in two minds about. */
export function dropGhosts(alpha: Plane): Plane {
  const shows = new Uint8Array(alpha.data.length);
  for (let i = 0; i < shows.length; i++) shows[i] = alpha.data[i]! >= FAINT ? 1 : 0;
  const { of, areas } = connectedComponents(shows, alpha);
  const isSolid = new Uint8Array(areas.length);
  for (let i = 0; i < of.length; i++) if (alpha.data[i]! >= SOLID) isSolid[of[i]!] = 1;
  return { ...alpha, data: alpha.data.map((value, i) => (isSolid[of[i]!] === 1 ? value : 0)) };
}
