import { Notice } from '../ui/notice.tsx';

/** The session ended under an open page. The door opens beside it, so that nothing on the page is lost. */
export function SessionNotice() {
  return (
    <Notice tone="warn" title="Your session has ended.">
      <a href="/sign-in" target="_blank" className="text-accent underline underline-offset-4">
        Sign in in a new tab
      </a>
      . This page stays as it is and goes on by itself.
    </Notice>
  );
}
