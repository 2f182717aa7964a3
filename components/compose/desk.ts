import type { FormState } from '../ui/form-state.ts';

/** A photo on the desk. Once it is queued it lies there no more. */
export interface Photo {
  readonly key: string;
  readonly file: File;
  readonly previewUrl: string;
  readonly state: PhotoState;
}

type PhotoState = { is: 'laid' } | { is: 'sending' } | { is: 'refused'; reason: string };

export interface DeskView {
  readonly photos: readonly Photo[];
  /** The picture that each of them is to end on. */
  readonly endPhoto: Photo | null;
  readonly sending: boolean;
  /** What was wrong with the settings the photos were sent with, by field. */
  readonly errors: Readonly<Record<string, string>>;
  /** The last photo sent was taken. */
  readonly queued: boolean;
}

/** Sends one photo and says how that went. */
export type Send = (file: File) => Promise<FormState>;

/** What the form calls the photo, and the one it is to end on, where it has such a field. */
export interface DeskFields {
  photo: string;
  endPhoto: string | null;
}

const BARE: DeskView = { photos: [], endPhoto: null, sending: false, errors: {}, queued: false };
const SEE_SETTINGS = 'One of the settings below was not accepted.';
const SEE_END = 'It was not sent, because of the end image.';

/**
 * The photos a person has laid out, each of them laid → sending → queued, and then gone from the desk, or refused for a
 * reason of its own, until it is sent again. It stands outside React, so that sending always sees the desk as it is.
 */
export class Desk {
  #view = BARE;
  readonly #watchers = new Set<() => void>();

  readonly view = (): DeskView => this.#view;

  readonly watch = (onChange: () => void): (() => void) => {
    this.#watchers.add(onChange);
    return () => this.#watchers.delete(onChange);
  };

  /** Lay files of any kind out: whether they are pictures is for the server to say. */
  readonly lay = (files: Iterable<File>): void => {
    this.#change({ photos: [...this.#view.photos, ...[...files].map(toPhoto)] });
  };

  readonly takeOff = ({ key, previewUrl }: Photo): void => {
    URL.revokeObjectURL(previewUrl);
    this.#change({ photos: this.#view.photos.filter((photo) => photo.key !== key) });
  };

  /** Lay out what the photos are to end on, in place of what lay there: the first of the files. */
  readonly layEnd = (files: Iterable<File>): void => {
    const [file] = files;
    if (!file) return;
    this.takeOffEnd();
    this.#change({ endPhoto: toPhoto(file) });
  };

  readonly takeOffEnd = (): void => {
    const { endPhoto } = this.#view;
    if (endPhoto) URL.revokeObjectURL(endPhoto.previewUrl);
    this.#change({ endPhoto: null });
  };

  readonly clear = (): void => {
    this.#view.photos.forEach(this.takeOff);
    this.takeOffEnd();
  };

  /**
   * Send each photo that lies here now by itself, so that one that is refused does not hold up the others. One that is
   * taken off before its turn is not sent. What they end on lies there until the last of them is taken.
   * @param onQueued called after each that was taken
   *
   * Throws what `send` throws, with the photo on the desk again.
   */
  async send(fields: DeskFields, send: Send, onQueued: () => void): Promise<void> {
    if (this.#view.sending) return;
    this.#change({ sending: true, errors: {}, queued: false });
    this.#moveEnd({ is: 'laid' });
    try {
      for (const { key } of this.#view.photos) {
        const photo = this.#view.photos.find((other) => other.key === key);
        if (photo && (await this.#sendOne(photo, fields, send))) onQueued();
      }
      if (fields.endPhoto && this.#view.photos.length === 0) this.takeOffEnd();
    } finally {
      this.#change({ sending: false });
    }
  }

  async #sendOne(photo: Photo, fields: DeskFields, send: Send): Promise<boolean> {
    this.#move(photo, { is: 'sending' });
    const answer = await send(photo.file).catch((error: unknown) => {
      this.#move(photo, { is: 'laid' });
      throw error;
    });
    if (answer.done) {
      this.takeOff(photo);
    } else {
      const endLies = this.#view.endPhoto !== null;
      this.#move(photo, { is: 'refused', reason: reasonOf(answer, fields, endLies) });
    }
    const { [fields.photo]: _, [fields.endPhoto ?? '']: ofEnd, ...errors } = answer.errors;
    if (ofEnd) this.#moveEnd({ is: 'refused', reason: ofEnd });
    this.#change({ queued: answer.done, errors: { ...this.#view.errors, ...errors } });
    return answer.done;
  }

  #move({ key }: Photo, state: PhotoState): void {
    const photos = this.#view.photos.map((photo) => (photo.key === key ? { ...photo, state } : photo));
    this.#change({ photos });
  }

  #moveEnd(state: PhotoState): void {
    const { endPhoto } = this.#view;
    if (endPhoto) this.#change({ endPhoto: { ...endPhoto, state } });
  }

  #change(changed: Partial<DeskView>): void {
    this.#view = { ...this.#view, ...changed };
    for (const watcher of this.#watchers) watcher();
  }
}

function toPhoto(file: File): Photo {
  const previewUrl = URL.createObjectURL(file);
  return { key: previewUrl, file, previewUrl, state: { is: 'laid' } };
}

/**
 * What is said of the photo, or else of the form as a whole.
 * @param endLies whether there is an end image that what is wrong with it can be said of
 */
function reasonOf(
  { errors, message, suggestion }: FormState,
  { photo, endPhoto }: DeskFields,
  endLies: boolean,
): string {
  if (errors[photo]) return errors[photo];
  const ofEnd = endPhoto && errors[endPhoto];
  if (ofEnd) return endLies ? SEE_END : ofEnd;
  return message === null ? SEE_SETTINGS : [message, suggestion].filter(Boolean).join(' ');
}
