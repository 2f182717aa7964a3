import { defineConfig } from 'vitest/config';
import { hasSqld } from './tests/servers/sqld.ts';

/** What has to hold on a libSQL server as it does on a file; the same tests run on both. */
const ON_BOTH = ['lib/jobs/**/*.test.ts', 'worker/maintenance/rescue.test.ts'];

export default defineConfig({
  test: {
    reporters: ['default', './tests/summary-reporter.ts'],
    setupFiles: ['tests/setup.ts'],
    globalSetup: ['tests/servers/install.ts'],
    restoreMocks: true,
    // Vitest leaves a processor idle otherwise, which on two of them is half of the machine.
    maxWorkers: '100%',
    minWorkers: 1,
    // As in a runner: SVT-AV1 prints its settings otherwise.
    env: { SVT_LOG: '1' },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{lib,worker,cli,components,app,bench,tests}/**/*.test.{ts,tsx}'],
          exclude: ['tests/e2e/**', '**/node_modules/**'],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'server',
          include: hasSqld ? ON_BOTH : [],
          env: { MULTIPLANE_TEST_DATABASE: 'server' },
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/e2e/global-setup.ts'],
          // Each file runs a whole studio: two at a time, and nothing beside them.
          sequence: { groupOrder: 1 },
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
