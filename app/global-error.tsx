'use client';

import { BrokenPage } from '#components/ui/broken-page';
import './globals.css';

/** The last resort, when even the frame around the pages failed. */
export default function GlobalError({ reset }: { reset: () => void }) {
  return (
    <html lang="en">
      <body>
        <main className="mx-auto max-w-[90rem] px-4 sm:px-6 lg:px-10">
          <BrokenPage title="Multiplane did not come up" retry={reset} />
        </main>
      </body>
    </html>
  );
}
