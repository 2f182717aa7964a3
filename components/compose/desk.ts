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
  readonly sending: boolean;
  /** What was wrong with the settings the photos were sent with, by field. */
  readonly errors: Readonly<Record<string, string>>;
  /** The last photo sent was taken. */
  readonly queued: boolean;
}

/** Sends one photo and says how that went. */
export type Send = (file: File) => Promise<FormState>;

const BARE: DeskView = { photos: [], sending: false, errors: {}, queued: false };
const SEE_SETTINGS = 'One of the settings below was not accepted.';

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

  readonly clear = (): void => this.#view.photos.forEach(this.takeOff);

  /**
   * Send each photo that lies here now by itself, so that one that is refused does not hold up the others. One that is
   * taken off before its turn is not sent.
   * @param field what the form calls the photo
   * @param onQueued called after each that was taken
   *
   * Throws what `send` throws, with the photo on the desk again.
   */
  async send(field: string, send: Send, onQueued: () => void): Promise<void> {
    if (this.#view.sending) return;
    this.#change({ sending: true, errors: {}, queued: false });
    try {
      for (const { key } of this.#view.photos) {
        const photo = this.#view.photos.find((other) => other.key === key);
        if (photo && (await this.#sendOne(photo, field, send))) onQueued();
      }
    } finally {
      this.#change({ sending: false });
    }
  }

  async #sendOne(photo: Photo, field: string, send: Send): Promise<boolean> {
    this.#move(photo, { is: 'sending' });
    const answer = await send(photo.file).catch((error: unknown) => {
      this.#move(photo, { is: 'laid' });
      throw error;
    });
    if (answer.done) {
      this.takeOff(photo);
    } else {
      this.#move(photo, { is: 'refused', reason: reasonOf(answer, field) });
    }
    const { [field]: _, ...errors } = answer.errors;
    this.#change({ queued: answer.done, errors: { ...this.#view.errors, ...errors } });
    return answer.done;
  }

  #move({ key }: Photo, state: PhotoState): void {
    const photos = this.#view.photos.map((photo) => (photo.key === key ? { ...photo, state } : photo));
    this.#change({ photos });
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

/** What is said of the photo, or else of the form as a whole. */
function reasonOf({ errors, message, suggestion }: FormState, field: string): string {
  if (errors[field]) return errors[field];
  return message === null ? SEE_SETTINGS : [message, suggestion].filter(Boolean).join(' ');
}
