import { byteTable, smoothstep } from '#worker/pipelines/raster/levels';
import type { Nearest, Sheets } from './layer-source.ts';
import { leastOpacity, over, unmixed } from './unmix.ts';

/** Paints a layer where nothing nearer is: there the result must be the photo. */
export class VisiblePainter {
  readonly #photo: Uint8Array;
  readonly #toOwn: Uint8Array;
  readonly #ring: number;
  readonly #layer: Uint8Array;
  readonly #composite: Uint8Array;
  /** Opacity of the layer's own soft edge, by distance to it. */
  readonly #edge: Uint8Array;

  /** The soft edge is `edge` wide, in the units of the distances. */
  constructor({ photo, toOwn, ring }: Nearest, { layer, composite }: Sheets, edge: number) {
    this.#photo = photo.rgb;
    this.#toOwn = toOwn;
    this.#ring = ring;
    this.#layer = layer;
    this.#composite = composite;
    this.#edge = byteTable((distance) => 1 - smoothstep(0, edge, distance));
  }

  paint(i: number): void {
    if (this.#toOwn[i]! > this.#ring) return;
    const opacity = this.#opacityAt(i);
    if (opacity === 0) return;
    for (let channel = 0; channel < 3; channel++) {
      const at = i * 3 + channel;
      const behind = this.#composite[at]!;
      const colour = unmixed(this.#photo[at]!, behind, opacity);
      this.#layer[i * 4 + channel] = colour;
      this.#composite[at] = over(colour, behind, opacity);
    }
    this.#layer[i * 4 + 3] = opacity;
  }

  #opacityAt(i: number): number {
    let opacity = this.#edge[this.#toOwn[i]!]!;
    for (let at = i * 3; at < i * 3 + 3 && opacity < 255; at++) {
      opacity = Math.max(opacity, leastOpacity(this.#photo[at]!, this.#composite[at]!));
    }
    return opacity;
  }
}
