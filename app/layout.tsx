import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { readTheme } from '#app/theme';
import './globals.css';

export const metadata: Metadata = {
  title: { default: 'Multiplane', template: '%s · Multiplane' },
  description: 'Turn photos into layered pictures on your own machine.',
  robots: { index: false },
};

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#e6ebe8' },
    { media: '(prefers-color-scheme: dark)', color: '#0b0f0e' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  return (
    <html lang="en" data-theme={await readTheme()}>
      <body>{children}</body>
    </html>
  );
}
