import type { ReactNode } from 'react';
import { SignedInFrame } from '#app/signed-in-frame.tsx';

export default function StudioLayout({ children }: { children: ReactNode }) {
  return <SignedInFrame>{children}</SignedInFrame>;
}
