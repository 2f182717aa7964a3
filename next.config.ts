import type { NextConfig } from 'next';

/** What every answer says to a browser. Nobody may show the studio in a frame, where a click could be led astray. */
const SECURITY_HEADERS = [
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
];

/** No page needs these; what one does (tilting a phone, copying, watching) is not in the list. */
const UNUSED_FEATURES = [
  'bluetooth',
  'browsing-topics',
  'camera',
  'display-capture',
  'geolocation',
  'hid',
  'idle-detection',
  'microphone',
  'midi',
  'payment',
  'publickey-credentials-get',
  'serial',
  'usb',
  'xr-spatial-tracking',
];

/**
 * The policy of a page that comes in answer to a form, in a browser without scripts: none runs. It is also that of
 * everything but pages outside the API. Pages get one with a nonce instead, from proxy.ts.
 */
const SCRIPTLESS_POLICY =
  "default-src 'none'; style-src 'self'; style-src-attr 'unsafe-inline'; img-src 'self'; media-src 'self'; base-uri 'none'; " +
  "form-action 'self'; frame-ancestors 'none'";

/** A page's alone: they would take the place of the stricter ones with which the API sends a file. */
const PAGE_HEADERS = [
  { key: 'Content-Security-Policy', value: SCRIPTLESS_POLICY },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
  { key: 'Permissions-Policy', value: UNUSED_FEATURES.map((feature) => `${feature}=()`).join(', ') },
  { key: 'Referrer-Policy', value: 'same-origin' },
];

/** A character of an address, percent-encoded as UTF-8 has it (RFC 3629, section 4). */
const HEX = '[\\da-fA-F]';
const MORE = `%[89abAB]${HEX}`;
const ENCODED = [
  `%[0-7]${HEX}`,
  `%(?:[cC][2-9a-fA-F]|[dD]${HEX})${MORE}`,
  `%(?:[eE]0%[abAB]${HEX}|[eE][1-9a-cA-CefEF]${MORE}|[eE][dD]%[89]${HEX})${MORE}`,
  `%(?:[fF]0%[9abAB]${HEX}|[fF][1-3]${MORE}|[fF]4%8${HEX})(?:${MORE}){2}`,
].join('|');

/** A path that cannot be decoded: at it Next gives up (500, as text) before any route or page is asked. */
const UNREADABLE_PATH = `/:path((?!(?:[^%]|${ENCODED})*$).*)`;

const ID = `:id((?:${HEX}|-){36})`;

/** What addresses of the API were called before, and what they are called now. */
const OLDER_SPELLINGS = [
  { source: `/api/v1/status/${ID}`, destination: '/api/v1/jobs/:id' },
  { source: `/api/v1/cancel/${ID}`, destination: '/api/v1/jobs/:id/cancel' },
  { source: `/api/v1/queue/${ID}/cancel`, destination: '/api/v1/jobs/:id/cancel' },
  { source: `/api/v1/queue/${ID}`, destination: '/api/v1/jobs/:id' },
  { source: '/api/v1/queue/add', destination: '/api/v1/generate' },
  { source: '/api/v1/queue/status', destination: '/api/v1/queue' },
  { source: '/api/v1/queue/process', destination: '/api/v1/queue/start' },
  { source: '/api/jobs/upload', destination: '/api/v1/generate' },
  { source: `/api/jobs/${ID}/download/:name`, destination: '/api/v1/jobs/:id/outputs/:name' },
  { source: '/api/jobs/:path*', destination: '/api/v1/jobs/:path*' },
];

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
      afterFiles: OLDER_SPELLINGS,
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
  // Nothing with a body goes by proxy.ts; what came there all the same would be kept in memory.
  experimental: { serverActions: { bodySizeLimit: '32mb' }, proxyClientMaxBodySize: '1kb' },
};

export default config;
