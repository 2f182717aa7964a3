'use client';

import { BlankPage } from '#components/ui/blank-page';
import { Button, ButtonLink } from '#components/ui/button';

/** What is seen when a page could not be made. */
export default function PageError({ reset }: { reset: () => void }) {
  return (
    <main className="mx-auto max-w-[90rem] px-4 sm:px-6 lg:px-10">
      <BlankPage
        title="This page did not come out"
        body="Something went wrong on our side. Your jobs and files are kept; the log of the web process says more."
      >
        <Button look="primary" onClick={reset}>
          Try again
        </Button>
        <ButtonLink href="/">Studio</ButtonLink>
      </BlankPage>
    </main>
  );
}
