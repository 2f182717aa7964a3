'use client';

import type { Desk, DeskView } from './desk.ts';
import { EndDesk } from './end-desk.tsx';
import type { ModelOption } from './model-choice.ts';
import type { PhotoRules, PipelineForm } from './param-schema.ts';
import { PhotoDesk } from './photo-desk.tsx';

interface PictureDesksProps extends Pick<DeskView, 'photos' | 'endPhoto'> {
  pipeline: PipelineForm;
  photoField: string;
  /** The model that was chosen by name. */
  model: ModelOption | undefined;
  rules: PhotoRules;
  desk: Desk;
}

/** Where the photos are laid, and beside it, what they are to end on, where that can be said. */
export function PictureDesks({ pipeline, photoField, model, rules, desk, ...view }: PictureDesksProps) {
  const { endPhoto: endField, photoRequired } = pipeline;
  return (
    <div className={endField ? 'grid gap-3 md:grid-cols-[minmax(0,5fr)_minmax(14rem,2fr)]' : 'grid'}>
      <PhotoDesk
        photos={view.photos}
        field={photoField}
        required={photoRequired}
        rules={rules}
        onAdd={desk.lay}
        onRemove={desk.takeOff}
      />
      {endField && (
        <EndDesk
          photo={view.endPhoto}
          field={endField}
          model={model}
          types={rules.types}
          onLay={desk.layEnd}
          onRemove={desk.takeOffEnd}
        />
      )}
    </div>
  );
}
