import type { Direction, Manner, Route } from '../params/camera.ts';

/** What a word or phrase asks of the camera. */
export interface Meaning {
  route?: Route;
  /** Where a route to a side goes, or `usual` where the prompt may still say otherwise. */
  direction?: Direction;
  usualDirection?: Direction;
  /** Times as far, in the same time. */
  distance?: number;
  manner?: Manner;
  /** How much a hand shakes the camera, 0-1. */
  shake?: number;
  loop?: boolean;
}

/** Words and phrases of one meaning, as the page on camera words lists them. */
export interface Entry {
  /** What it makes the camera do, for people. */
  does: string;
  means: Meaning;
  /** Separated by commas. */
  words: string;
}

/** Everything a prompt can say of a camera move; the page docs/camera-words.md shows it. */
export const VOCABULARY: readonly Entry[] = [
  {
    does: 'Moves towards the scene',
    means: { route: 'push-in' },
    words:
      'push in, pushes in, pushing in, push forward, dolly in, dolly forward, zoom in, zooms in, zooming in, zoom, ' +
      'dolly, move in, moves in, moving in, move closer, moves closer, moving closer, go closer, come closer, ' +
      'get closer, closer, close in, closes in, closing in, move forward, moves forward, moving forward, forward, ' +
      'forwards, approach, approaches, approaching, track in, creep in, creeps in, creeping in, fly in, flies in, ' +
      'flying in',
  },
  {
    does: 'Starts close and draws back to the whole photo',
    means: { route: 'pull-out' },
    words:
      'pull out, pulls out, pulling out, pull back, pulls back, pulling back, pull away, pulls away, pulling away, ' +
      'dolly out, dolly back, zoom out, zooms out, zooming out, move back, moves back, moving back, move away, ' +
      'moves away, moving away, back away, backs away, backing away, back out, backward, backwards, track out, ' +
      'retreat, retreats, retreating',
  },
  {
    does: 'Goes to a side',
    means: { route: 'pan' },
    words:
      'pan, pans, panning, truck, trucks, trucking, track, tracks, tracking, slide, slides, sliding, sweep, sweeps, ' +
      'sweeping, drift, drifts, drifting, glide, glides, gliding',
  },
  {
    does: 'Goes up',
    means: { route: 'pan', direction: 'up' },
    words: 'rise, rises, rising, ascend, ascends, ascending, pedestal up, crane up, boom up',
  },
  {
    does: 'Goes down',
    means: { route: 'pan', direction: 'down' },
    words: 'sink, sinks, sinking, descend, descends, descending, pedestal down, crane down, boom down',
  },
  {
    does: 'Goes up, or where the prompt says',
    means: { route: 'pan', usualDirection: 'up' },
    words: 'tilt, tilts, tilting',
  },
  {
    does: 'Goes round what the picture is about',
    means: { route: 'orbit' },
    words:
      'orbit, orbits, orbiting, circle, circles, circling, arc, arcs, arcing, around, round, rotate, rotates, ' +
      'rotating, revolve, revolves, revolving',
  },
  {
    does: 'Draws back while the lens narrows, so that the background looms',
    means: { route: 'dolly-zoom' },
    words:
      'dolly zoom, vertigo, vertigo effect, zolly, hitchcock, hitchcock zoom, contra zoom, trombone shot',
  },
  {
    does: 'To the left; by itself, a pan',
    means: { direction: 'left' },
    words: 'left, leftward, leftwards, from the right, right to left',
  },
  {
    does: 'To the right; by itself, a pan',
    means: { direction: 'right' },
    words: 'right, rightward, rightwards, from the left, left to right',
  },
  {
    does: 'Up; by itself, a pan',
    means: { direction: 'up' },
    words: 'up, upward, upwards, from below, bottom to top',
  },
  {
    does: 'Down; by itself, a pan',
    means: { direction: 'down' },
    words: 'down, downward, downwards, from above, top to bottom',
  },
  {
    does: 'As held by hand',
    means: { shake: 0.5 },
    words: 'handheld, hand held, documentary, unsteady, breathing',
  },
  {
    does: 'As held by an unquiet hand',
    means: { shake: 1 },
    words: 'shaky, shake, shakes, shaking, jittery, wobbly, wobble, wobbles, trembling',
  },
  {
    does: 'Half as far, so half as fast',
    means: { distance: 0.5 },
    words:
      'slow, slowly, slower, slow motion, leisurely, unhurried, lazy, lazily, subtle, subtly, slight, slightly, ' +
      'small, little, tiny, a bit',
  },
  {
    does: 'Further, so faster',
    means: { distance: 1.6 },
    words:
      'fast, faster, quick, quickly, rapid, rapidly, swift, swiftly, brisk, briskly, big, large, far, dramatic, ' +
      'dramatically, strong, strongly, bold, boldly, intense, intensely, extreme, energetic',
  },
  {
    does: 'A little further: very slow is slower, very fast is faster',
    means: {},
    words: 'very, really, extremely, super, so, too, ultra',
  },
  {
    does: 'Sets out and comes to rest softly, and goes a little less far',
    means: { manner: 'gentle', distance: 0.8 },
    words:
      'gentle, gently, soft, softly, smooth, smoothly, eased, calm, calmly, dreamy, dreamily, floating, fluid, ' +
      'fluidly, peaceful, peacefully, cinematic, elegant, elegantly',
  },
  {
    does: 'At an even speed nearly from end to end',
    means: { manner: 'steady' },
    words: 'steady, steadily, constant, constantly, even, evenly, linear, uniform, mechanical, robotic',
  },
  {
    does: 'Ends where it began',
    means: { loop: true },
    words:
      'loop, loops, looped, looping, seamless, seamlessly, endless, endlessly, infinite, forever, boomerang, ' +
      'back and forth, there and back',
  },
];

/** Words that turn what follows them into its opposite. */
export const NEGATIONS = 'no, not, without, never, avoid, dont, do not, does not, doesnt, instead of';

/** Words that say nothing of how the camera moves. */
export const FILLERS =
  'a, an, the, this, that, these, it, its, my, our, your, me, us, i, please, and, or, nor, but, with, of, in, into, on, ' +
  'onto, at, to, from, for, by, as, is, are, be, should, would, like, want, let, make, makes, give, do, does, have, has, ' +
  'use, using, create, animate, show, some, any, just, only, also, while, camera, cameras, lens, shot, shots, video, clip, ' +
  'film, footage, animation, photo, photograph, picture, image, frame, scene, view, subject, effect, style, styled, move, ' +
  'moves, moving, movement, movements, motion, go, goes, going, speed, pace, direction, side, way, feel, feeling, look, ' +
  'towards, toward, through, across, over, along';
