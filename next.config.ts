import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  // Native or file-reading packages that must stay as they are.
  serverExternalPackages: ['@libsql/client', 'libsql', 'sharp', '@node-rs/argon2', 'pino', 'pino-pretty'],
  // `npm test` checks the types; whoever installs does not have to wait for it.
  typescript: { ignoreBuildErrors: true },
  // A photo at its largest, sent through a server action, with room for the form around it.
  experimental: { serverActions: { bodySizeLimit: '32mb' } },
};

export default config;
