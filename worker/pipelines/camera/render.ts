import { Cell, type Run } from './cell.ts';
import type { View } from './geometry.ts';
import { BLOCK, EMPTY, OPAQUE, PARTLY, type Scene, type Sheet, TEXELS_PER_PIXEL } from './scene.ts';
import { CELL, type CornerRow, cornerRow, FRACTION_BITS, locateRow } from './warp.ts';

/** Bits of a texel's coordinate that lie within a block. */
const BLOCK_BITS = FRACTION_BITS + Math.log2(BLOCK * TEXELS_PER_PIXEL);

/** Where the corners of a row of cells lie on one sheet. */
interface Corners {
  above: CornerRow;
  below: CornerRow;
}

/**
 * Draws what a camera sees of a scene, by looking up for each pixel of the frame what each sheet shows there. A cell
 * takes from the sheets what shows of them, from the nearest, until nothing shines through. One frame at a time;
 * everything it works with is kept from one to the next.
 */
export class Renderer {
  readonly #scene: Scene;
  readonly #corners: Corners[];
  readonly #cell = new Cell();
  readonly #run: Run = { x: 0, y: 0, stepX: 0, stepY: 0 };

  constructor(scene: Scene) {
    this.#scene = scene;
    this.#corners = scene.sheets.map(() => ({ above: cornerRow(scene), below: cornerRow(scene) }));
  }

  /** Draw into interleaved 8-bit RGB of the scene's size. */
  draw(view: View, rgb: Uint8Array): void {
    const { width, height } = this.#scene;
    this.#locate(view, 0);
    for (let top = 0; top < height; top += CELL) {
      for (const corners of this.#corners) {
        [corners.above, corners.below] = [corners.below, corners.above];
      }
      this.#locate(view, top + CELL);
      for (let left = 0; left < width; left += CELL) {
        this.#drawCell(left / CELL);
        this.#cell.put(rgb, this.#scene, left, top);
      }
    }
  }

  /** Find the corners on row `y` of the frame, as those below the row of cells that is drawn next. */
  #locate(view: View, y: number): void {
    this.#scene.sheets.forEach((sheet, k) => locateRow(sheet, this.#scene, view, y, this.#corners[k]!.below));
  }

  #drawCell(column: number): void {
    this.#cell.clear();
    for (let k = this.#scene.sheets.length - 1; k >= 0; k--) {
      const sheet = this.#scene.sheets[k]!;
      const content = contentAt(sheet, this.#corners[k]!, column);
      if (content === EMPTY) continue;
      this.#lay(sheet, this.#corners[k]!, column);
      if (content === OPAQUE || this.#cell.isFull()) return;
    }
  }

  #lay(sheet: Sheet, { above, below }: Corners, column: number): void {
    const run = this.#run;
    for (let row = 0; row < CELL; row++) {
      const part = row / CELL;
      run.x = above.x[column]! + (below.x[column]! - above.x[column]!) * part;
      run.y = above.y[column]! + (below.y[column]! - above.y[column]!) * part;
      const endX = above.x[column + 1]! + (below.x[column + 1]! - above.x[column + 1]!) * part;
      const endY = above.y[column + 1]! + (below.y[column + 1]! - above.y[column + 1]!) * part;
      run.stepX = ((endX - run.x) / CELL) | 0;
      run.stepY = ((endY - run.y) / CELL) | 0;
      this.#cell.layRow(row, sheet, run);
    }
  }
}

/** What a sheet has in the blocks that a cell falls into. */
function contentAt({ width, height, blocks }: Sheet, { above, below }: Corners, i: number): number {
  const across = Math.ceil(width / BLOCK);
  const down = Math.ceil(height / BLOCK);
  const { x: xa, y: ya } = above;
  const { x: xb, y: yb } = below;
  const left = blockAt(Math.min(xa[i]!, xa[i + 1]!, xb[i]!, xb[i + 1]!), across);
  const right = blockAt(Math.max(xa[i]!, xa[i + 1]!, xb[i]!, xb[i + 1]!), across);
  const top = blockAt(Math.min(ya[i]!, ya[i + 1]!, yb[i]!, yb[i + 1]!), down);
  const bottom = blockAt(Math.max(ya[i]!, ya[i + 1]!, yb[i]!, yb[i + 1]!), down);
  const first = blocks[top * across + left]!;
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      if (blocks[row * across + column] !== first) return PARTLY;
    }
  }
  return first;
}

/** The block that a coordinate falls into, among `count`. */
function blockAt(coordinate: number, count: number): number {
  return Math.min(count - 1, Math.max(0, coordinate >> BLOCK_BITS));
}
