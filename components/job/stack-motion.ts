import {
  approach,
  clampToView,
  followShare,
  isSettled,
  sheetTransform,
  stackTransform,
  type View,
} from './parallax.ts';

const DRIFT_MS = 7000;
const CLIPPED_BELOW = 0.01;

export interface ParallaxSettings {
  /** Depth of each sheet, 0 far to 1 near, in the order of the stack's children. */
  depths: readonly number[];
  /** Percent of the picture between far and near. */
  travel: number;
  apart: boolean;
}

/**
 * Moves the children of `stack` as the view goes from where it is to where it was told to look, one animation frame
 * after another, and rests once it is there. Until somebody takes hold of it, it drifts, but only where it is seen and
 * the person has nothing against motion.
 */
export class StackMotion {
  readonly #stack: HTMLElement;
  readonly #calm = matchMedia('(prefers-reduced-motion: reduce)');
  #settings: ParallaxSettings = { depths: [], travel: 0, apart: false };
  #view: View = { x: 0, y: 0, apart: 0 };
  #goal: View = { x: 0, y: 0, apart: 0 };
  #held = false;
  #seen = false;
  #frame = 0;
  #frameAt: number | null = null;

  constructor(stack: HTMLElement) {
    this.#stack = stack;
  }

  set(settings: ParallaxSettings): void {
    this.#settings = settings;
    this.#goal = { ...this.#goal, apart: settings.apart ? 1 : 0 };
    this.#start();
  }

  look(x: number, y: number): void {
    this.#held = true;
    this.#goal = { ...this.#goal, x: clampToView(x), y: clampToView(y) };
    this.#start();
  }

  nudge(dx: number, dy: number): void {
    this.look(this.#goal.x + dx, this.#goal.y + dy);
  }

  /** Go on, or pause, as the stack comes into sight or leaves it. Returns what ends that, and all motion. */
  whileSeen(): () => void {
    const observer = new IntersectionObserver((entries) => {
      this.#seen = entries.at(-1)!.isIntersecting;
      if (this.#seen) this.#start();
    });
    observer.observe(this.#stack);
    return () => {
      observer.disconnect();
      cancelAnimationFrame(this.#frame);
      this.#frame = 0;
    };
  }

  #start(): void {
    if (this.#frame !== 0) return;
    this.#frameAt = null;
    this.#frame = requestAnimationFrame(this.#step);
  }

  readonly #step = (time: number): void => {
    const calm = this.#calm.matches;
    const drifts = this.#seen && !this.#held && !calm;
    if (drifts) this.#goal = { ...this.#goal, ...driftAt(time) };
    const share = calm ? 1 : followShare(time - (this.#frameAt ?? time));
    this.#frameAt = time;
    this.#view = approach(this.#view, this.#goal, share);
    const settled = isSettled(this.#view, this.#goal);
    if (settled) this.#view = this.#goal;
    draw(this.#stack, this.#view, this.#settings);
    this.#frame = settled && !drifts ? 0 : requestAnimationFrame(this.#step);
  };
}

function driftAt(time: number): { x: number; y: number } {
  const angle = (time / DRIFT_MS) * 2 * Math.PI;
  return { x: Math.sin(angle) * 0.6, y: Math.cos(angle * 0.7) * 0.25 };
}

function draw(stack: HTMLElement, view: View, { depths, travel }: ParallaxSettings): void {
  const side = Math.max(stack.clientWidth, stack.clientHeight);
  stack.style.transform = stackTransform(view);
  // Clipping flattens the stack, so it is only done while the sheets lie on one another.
  stack.style.clipPath = view.apart < CLIPPED_BELOW ? 'inset(0)' : 'none';
  depths.forEach((depth, index) => {
    const sheet = stack.children[index];
    if (sheet instanceof HTMLElement) sheet.style.transform = sheetTransform(depth, view, travel, side);
  });
}
