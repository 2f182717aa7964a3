const EXPONENT_BIAS = 15;
const FRACTION_BITS = 10;

/** The value of an IEEE 754 float of 16 bits. */
export function halfToFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> FRACTION_BITS) & 0x1f;
  const fraction = (bits & 0x3ff) / 2 ** FRACTION_BITS;
  if (exponent === 0x1f) return fraction === 0 ? sign * Infinity : Number.NaN;
  if (exponent === 0) return sign * fraction * 2 ** (1 - EXPONENT_BIAS);
  return sign * (1 + fraction) * 2 ** (exponent - EXPONENT_BIAS);
}

const floats = new Float32Array(1);
const words = new Uint32Array(floats.buffer);

/** The bits of the 16-bit float nearest to a value, to the even one of two: infinite where it is too large for any. */
export function floatToHalf(value: number): number {
  floats[0] = value;
  const bits = words[0]!;
  const sign = (bits >>> 16) & 0x8000;
  const magnitude = Math.abs(floats[0]!);
  if (Number.isNaN(value)) return sign | 0x7e00;
  // From half way between the largest and what would come next.
  if (magnitude >= 65_520) return sign | 0x7c00;
  // Too small for an exponent of its own: so many times the smallest.
  if (magnitude < 2 ** -14) return sign | toEven(magnitude * 2 ** 24);
  const exponent = ((bits >>> 23) & 0xff) - 127 + EXPONENT_BIAS;
  const fraction = (bits & 0x7fffff) / 2 ** (23 - FRACTION_BITS);
  // What is rounded up to a whole goes on into the exponent, as it should.
  return sign + (exponent << FRACTION_BITS) + toEven(fraction);
}

function toEven(value: number): number {
  const below = Math.floor(value);
  const rest = value - below;
  return rest > 0.5 || (rest === 0.5 && below % 2 === 1) ? below + 1 : below;
}
