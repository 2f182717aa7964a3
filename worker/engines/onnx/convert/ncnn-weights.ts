import { halfToFloat } from './half.ts';
import { unfitNcnn } from './ncnn-param.ts';

/** Tag of values kept as 16-bit floats; values of 32 bits are tagged 0. */
const HALF_TAG = 0x01306b47;
const FLOAT_TAG = 0;
const ALIGNMENT = 4;

/** The values of an ncnn .bin file, little-endian, which hold no names: layers take theirs in the order they run. */
export class NcnnWeights {
  readonly #view: DataView;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The next `count` values, stored as their tag says. Throws AppError `model_unfit`. */
  takeTagged(count: number): Float32Array {
    const tag = this.#view.getUint32(this.#skip(4), true);
    if (tag === FLOAT_TAG) return this.takeFloats(count);
    if (tag !== HALF_TAG) throw unfitNcnn('Its weights are stored in a way that is not known here');
    const start = this.#skip(Math.ceil((count * 2) / ALIGNMENT) * ALIGNMENT);
    return Float32Array.from({ length: count }, (_, i) =>
      halfToFloat(this.#view.getUint16(start + i * 2, true)),
    );
  }

  /** The next `count` values of 32 bits, without a tag. Throws AppError `model_unfit`. */
  takeFloats(count: number): Float32Array {
    const start = this.#skip(count * 4);
    return Float32Array.from({ length: count }, (_, i) => this.#view.getFloat32(start + i * 4, true));
  }

  /** Throws AppError `model_unfit` where something is left over. */
  finish(): void {
    if (this.#at !== this.#view.byteLength) throw unfitNcnn('Its weights do not belong to its description');
  }

  /** Go on by some bytes; returns where they begin. */
  #skip(bytes: number): number {
    const start = this.#at;
    this.#at += bytes;
    if (this.#at > this.#view.byteLength) throw unfitNcnn('Its weights are cut off');
    return start;
  }
}
