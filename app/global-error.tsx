'use client';

import { BlankPage } from '#components/ui/blank-page';
import { Button } from '#components/ui/button';
import './globals.css';

/** The last resort, when even the frame around the pages failed. */
export default function GlobalError({ reset }: { reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <main className="mx-auto max-w-[90rem] px-4 sm:px-6 lg:px-10">
          <BlankPage
            title="Multiplane did not come up"
            body="Something went wrong on our side. Your jobs and files are kept; the log of the web process says more."
          >
            <Button look="primary" onClick={reset}>
              Try again
            </Button>
          </BlankPage>
        </main>
      </body>
    </html>
  );
}
