import { type ColourField, spreadColours } from '#worker/pipelines/raster/diffuse';
import type { Picture } from '#worker/pipelines/raster/size';

type Say = (index: number) => number;
type Row = readonly [Float32Array, Float32Array, Float32Array];

/** The colours that subject and background have around each place, also where it is the other one that shows. */
export class Sides {
  /** Colours of the row read last: red, green and blue, 0..255. */
  readonly subject: Row;
  readonly background: Row;
  readonly #fields: { subject: ColourField; background: ColourField };
  #y = -1;

  /** How much say a pixel has in the colours of either side, 0..1. */
  constructor(photo: Picture, subject: Say, background: Say) {
    const row = () => new Float32Array(photo.width);
    this.subject = [row(), row(), row()];
    this.background = [row(), row(), row()];
    this.#fields = {
      subject: spreadColours(photo, subject),
      background: spreadColours(photo, background),
    };
  }

  readRow(y: number): void {
    if (y === this.#y) return;
    this.#y = y;
    this.#fields.subject.readRow(y, this.subject);
    this.#fields.background.readRow(y, this.background);
  }
}
