import { frameCountOf, type VideoParams } from '#lib/pipelines/params/video';
import type { Session } from '#worker/engines/onnx/sessions';
import type { Picture } from '#worker/pipelines/raster/size';
import type { StageContext, WrittenFile } from '#worker/pipelines/run';
import { modelFor } from '../model.ts';
import { decodePhoto } from '../photo.ts';
import { agreementOf } from './between-agreement.ts';
import { fadeBetween } from './between-fade.ts';
import { passageFrames } from './between-frames.ts';
import { meetHalfWay, motionBetween } from './between-network.ts';
import { film } from './film.ts';
import { END_FRAME_FILE, START_FRAME_FILE } from './frame.ts';

/** What the parameters of a pipeline with this stage hold, checked. */
type BetweenParams = VideoParams & { loop: boolean };

/**
 * How far the pictures have to agree, see `agreementOf`, once the network has moved both half way. Measured on 8 photos
 * at long sides of 384, 480 and 854: 28 pairs of two of them, 0.49 at most; each against itself shifted by a quarter,
 * zoomed by 1.6, or darker by 40% and shifted, 0.63 at least.
 */
const LEAST_AGREEMENT = 0.56;

/**
 * A video from the start image to the end image, and back where it is a loop: by motion, or as a fade with a warning
 * where the pictures are too different for any. Its first frame is the start image, its last the end image.
 */
export async function makeBetween(context: StageContext): Promise<WrittenFile[]> {
  const { sessions, fileOf, warn } = context;
  const params = context.params as unknown as BetweenParams;
  const start = await decodePhoto(fileOf('frame', START_FRAME_FILE));
  const end = await decodePhoto(fileOf('frame', END_FRAME_FILE));
  const frameCount = frameCountOf(params);
  const session = await sessions.open(modelFor(context, 'video'));
  const frames = await framesBetween(session, start, end, { frameCount, loop: params.loop, warn });
  const { width, height } = start;
  const { fps, extra_format: extraFormat } = params;
  const written = await film(context, frames, { width, height, fps, frameCount, extraFormat });
  await sessions.release();
  return written;
}

interface Wish {
  frameCount: number;
  loop: boolean;
  /** Told where the pictures are too different. */
  warn(sentence: string): void;
}

/** The frames of a video between two pictures of one size. */
export async function framesBetween(
  session: Session,
  start: Picture,
  end: Picture,
  { warn, ...timing }: Wish,
): Promise<AsyncIterable<Picture>> {
  const motion = motionBetween(session, start, end);
  const agreement = await agreementOf(...(await meetHalfWay(session, motion)));
  if (agreement >= LEAST_AGREEMENT) return passageFrames(motion, timing);
  warn('The two pictures are too different for motion between them: the video fades from one to the other.');
  return passageFrames(fadeBetween(start, end), timing);
}
