import type { TfjsWeight } from './tfjs-weights.ts';

/** A kernel of `[height, width, a, b]`, as ONNX has it: `[b, a, height, width]`. */
export function kernelOf({ shape, values }: TfjsWeight): TfjsWeight {
  const [height, width, inner, outer] = shape as [number, number, number, number];
  const turned = new Float32Array(values.length);
  const area = height * width;
  for (let at = 0; at < area; at++) {
    for (let i = 0; i < inner; i++) {
      for (let o = 0; o < outer; o++)
        turned[(o * inner + i) * area + at] = values[(at * inner + i) * outer + o]!;
    }
  }
  return { shape: [outer, inner, height, width], values: turned };
}
