import type { IndexFile, ModelIndex } from '../contract/model-index.ts';

/** How graphs that others have exported fit our contract, by the names that files and tensors have there. */
export interface Adapter {
  /** Names of all files, which lie flat in the model's folder. */
  files: readonly string[];
  /** The model's index, once the bytes and the hash of each file are known. */
  index(file: (name: string) => IndexFile): ModelIndex;
}
