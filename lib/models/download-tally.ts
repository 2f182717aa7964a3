import { bytesOf, type Errand, keyOf, type MissingWeight } from './download-plan.ts';

/** How far all is that was asked for together. */
export interface DownloadTotal {
  receivedBytes: number;
  totalBytes: number;
}

/** Adds up what a download takes: tarballs by their packages, other files by their hashes. */
export class DownloadTally {
  readonly #parts = new Map<string, DownloadTotal>();

  /** Expect these files, each by itself: a mirror is asked for them. */
  expectFiles(missing: readonly MissingWeight[]): void {
    for (const { weight } of missing) this.#expect(weight.sha256, weight.sizeBytes);
  }

  /** Expect these errands instead of the files that did not come. */
  expectErrands(left: readonly MissingWeight[], errands: readonly Errand[]): void {
    for (const { weight } of left) this.#parts.delete(weight.sha256);
    for (const errand of errands) this.#expect(keyOf(errand), bytesOf(errand));
  }

  /** Take down how far a part is. Returns how far all is. */
  receive(key: string, receivedBytes: number): DownloadTotal {
    const part = this.#parts.get(key);
    if (part) part.receivedBytes = receivedBytes;
    const parts = [...this.#parts.values()];
    return {
      receivedBytes: parts.reduce((sum, part) => sum + part.receivedBytes, 0),
      totalBytes: parts.reduce((sum, part) => sum + part.totalBytes, 0),
    };
  }

  #expect(key: string, totalBytes: number): void {
    this.#parts.set(key, { receivedBytes: 0, totalBytes });
  }
}
