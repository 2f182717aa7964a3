'use client';

import { BrokenPage } from '#components/ui/broken-page';
import { ButtonLink } from '#components/ui/button';

/** Inside the studio's frame, which still stands. */
export default function StudioError({ reset }: { reset: () => void }) {
  return (
    <BrokenPage retry={reset}>
      <ButtonLink href="/">Studio</ButtonLink>
    </BrokenPage>
  );
}
