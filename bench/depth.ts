/*
 * The depth yardstick: `tsx bench/depth.ts [--json]`. Prints for each shared photo how our final depth and the bare
 * embedded network agree with TCMonoDepth (rank correlation) and with the photo's edges (see depth-measures.ts).
 * The photos and the reference network lie in ../shared/fixtures, beside the repository; without them there is
 * nothing to measure. `--json` prints the scores as one line of JSON at the end.
 */
import { settings } from '#lib/config/settings';
import { findYardstick, type PhotoScore, scorePhoto } from './depth-yardstick.ts';

const yardstick = await findYardstick(settings().weightsDir);
if ('missing' in yardstick) {
  print(`Nothing to measure: ${yardstick.missing}`);
  if (process.argv.includes('--json')) print(JSON.stringify({ skipped: yardstick.missing }));
} else {
  const scores: PhotoScore[] = [];
  print(row('photo', 'rank bare', 'ours', 'edges bare', 'ours'));
  for (const photo of yardstick.photos) {
    const score = await scorePhoto(yardstick, photo);
    scores.push(score);
    const { bare, ours } = score;
    const values = [bare.rankCorrelation, ours.rankCorrelation, bare.edgeAlignment, ours.edgeAlignment];
    print(row(score.photo, ...values.map((value) => value.toFixed(3))));
  }
  await yardstick.close();
  const better = scores.every(isBetter);
  print(better ? 'Better than the bare network on every photo.' : 'Not better on every photo.');
  if (process.argv.includes('--json')) print(JSON.stringify({ benchmark: 'depth', better, photos: scores }));
  if (!better) process.exitCode = 1;
}

function isBetter({ bare, ours }: PhotoScore): boolean {
  return ours.rankCorrelation > bare.rankCorrelation && ours.edgeAlignment > bare.edgeAlignment;
}

function row(photo: string, ...columns: string[]): string {
  return photo.padEnd(28) + columns.map((column) => column.padStart(12)).join('');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
