'use client';

import { BrokenPage } from '#components/ui/broken-page';
import { ButtonLink } from '#components/ui/button';

export default function PageError({ reset }: { reset: () => void }) {
  return (
    <main className="mx-auto max-w-[90rem] px-4 sm:px-6 lg:px-10">
      <BrokenPage retry={reset}>
        <ButtonLink href="/">Studio</ButtonLink>
      </BrokenPage>
    </main>
  );
}
