import type { NextConfig } from 'next';

/** What every answer says to a browser. Nobody may show the studio in a frame, where a click could be led astray. */
const SECURITY_HEADERS = [
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'Referrer-Policy', value: 'same-origin' },
];

/** A page's alone: it would take the place of the stricter policy with which the API sends a file. */
const PAGE_HEADERS = [{ key: 'Content-Security-Policy', value: "frame-ancestors 'none'" }];

/**
 * An API path with anything in it that is not plain ASCII, or not rightly encoded. No address of ours has such a thing,
 * and where it cannot be decoded Next gives up (500, as text) before any route is asked.
 */
const UNREADABLE_PATH = '/api/v1/:path(.*%(?![0-7][0-9a-fA-F]).*)';

const config: NextConfig = {
  poweredByHeader: false,
  headers: () =>
    Promise.resolve([
      { source: '/:path*', headers: SECURITY_HEADERS },
      { source: '/((?!api/).*)', headers: PAGE_HEADERS },
    ]),
  rewrites: () =>
    Promise.resolve({
      beforeFiles: [{ source: UNREADABLE_PATH, destination: '/api/v1' }],
      afterFiles: [],
      fallback: [],
    }),
  // Native or file-reading packages that must stay as they are, and large ones that are loaded only where they are used.
  serverExternalPackages: [
    '@libsql/client',
    'libsql',
    'sharp',
    '@node-rs/argon2',
    'pino',
    'pino-pretty',
    '@aws-sdk/client-s3',
    '@aws-sdk/lib-storage',
  ],
  // `npm test` checks the types; whoever installs does not have to wait for it.
  typescript: { ignoreBuildErrors: true },
  // A photo at its largest, sent through a server action, with room for the form around it.
  experimental: { serverActions: { bodySizeLimit: '32mb' } },
};

export default config;
