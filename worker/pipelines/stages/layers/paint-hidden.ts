import { byteTable, smoothstep } from '#worker/pipelines/raster/levels';
import type { Behind, Sheets } from './layer-source.ts';
import { over } from './unmix.ts';

/** Opacity (0..255) below which a layer's continuation under a nearer one is left out. */
const FAINTEST = 8;

/** Paints a layer under nearer ones and in their ring: the filled picture, running into the photo at the ring's rim. */
export class HiddenPainter {
  readonly #source: Behind;
  readonly #photo: Uint8Array;
  readonly #fill: Uint8Array;
  readonly #layer: Uint8Array;
  readonly #composite: Uint8Array;
  readonly #edge: number;
  /** How much of the fill shows (0..255), by distance to what it stands behind. */
  readonly #filled: Uint8Array;
  /** How sure it is (0..255) that a pixel of the ring bears a nearer thing's colour, by its unlikeness to the fill. */
  readonly #foreign: Uint8Array;

  /** Within `edge` of a nearer thing, in the units of the distances, every pixel is taken to bear its colour. */
  constructor(source: Behind, { layer, composite }: Sheets, edge: number) {
    this.#source = source;
    this.#photo = source.photo.rgb;
    this.#fill = source.fill;
    this.#layer = layer;
    this.#composite = composite;
    this.#edge = edge;
    const { ring, rim } = source;
    this.#filled = byteTable((distance) => 1 - smoothstep(rim.shows * ring, ring, distance));
    // Grain, a little away from the thing itself, keeps the photo's own colour and needs no cover.
    this.#foreign = byteTable((difference) => smoothstep(rim.grain, 3 * rim.grain, difference));
  }

  /** `owned`: how much of the layer goes on here, 0..1. */
  paint(i: number, owned: number): void {
    const { toOwn, toNearer } = this.#source;
    const isOwn = toOwn[i] === 0 && toNearer[i] !== 0;
    const opacity = isOwn ? 255 : Math.round(255 * owned);
    if (opacity < FAINTEST) return;
    const filled = this.#filledAt(i, toNearer[i]!);
    for (let channel = 0; channel < 3; channel++) {
      const at = i * 3 + channel;
      const colour = over(this.#fill[at]!, this.#photo[at]!, filled);
      this.#layer[i * 4 + channel] = colour;
      this.#composite[at] = over(colour, this.#composite[at]!, opacity);
    }
    this.#layer[i * 4 + 3] = opacity;
  }

  #filledAt(i: number, distance: number): number {
    const filled = this.#filled[distance]!;
    return distance > this.#edge ? (filled * this.#foreign[this.#unlikenessAt(i)]!) / 255 : filled;
  }

  /** How far the photo is from the filled picture: the largest difference of a channel, 0..255. */
  #unlikenessAt(i: number): number {
    let most = 0;
    for (let at = i * 3; at < i * 3 + 3; at++) {
      most = Math.max(most, Math.abs(this.#photo[at]! - this.#fill[at]!));
    }
    return most;
  }
}
