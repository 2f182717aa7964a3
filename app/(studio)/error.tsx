'use client';

import { BlankPage } from '#components/ui/blank-page';
import { Button, ButtonLink } from '#components/ui/button';

/** What is seen when a page of the studio could not be made. */
export default function StudioError({ reset }: { reset: () => void }) {
  return (
    <BlankPage
      title="This page did not come out"
      body="Something went wrong on our side. Your jobs and files are kept; the log of the web process says more."
    >
      <Button look="primary" onClick={reset}>
        Try again
      </Button>
      <ButtonLink href="/">Studio</ButtonLink>
    </BlankPage>
  );
}
