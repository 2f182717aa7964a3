import type { ReactNode } from 'react';
import { BlankPage } from './blank-page.tsx';
import { Button } from './button.tsx';

interface BrokenPageProps {
  title?: string;
  retry: () => void;
  /** Where else to go. */
  children?: ReactNode;
}

/** What is seen where a page could not be made. */
export function BrokenPage({ title = 'This page did not come out', retry, children }: BrokenPageProps) {
  return (
    <BlankPage
      title={title}
      body="Something went wrong on our side. Your jobs and files are kept; the log of the web process says more."
    >
      <Button look="primary" onClick={retry}>
        Try again
      </Button>
      {children}
    </BlankPage>
  );
}
