import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  serverExternalPackages: ['@libsql/client', 'libsql', 'sharp', '@node-rs/argon2', 'pino'],
};

export default config;
