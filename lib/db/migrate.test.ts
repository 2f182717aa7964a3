import { expect, onTestFinished, test } from 'vitest';
import { NEW_DATABASES } from '#tests/new-databases';
import { openDatabase } from './client.ts';
import { migrateDatabase, migrationState } from './migrate.ts';

const PROCESSES = 4;

for (const { kind, isHere, newAddress } of NEW_DATABASES) {
  test.runIf(isHere)(`processes that start together on a ${kind} migrate it once`, async () => {
    const url = await newAddress();
    const opened = await Promise.all(Array.from({ length: PROCESSES }, () => openDatabase(url)));
    onTestFinished(() => opened.forEach((db) => db.$client.close()));
    await Promise.all(opened.map(migrateDatabase));
    const { applied, known } = await migrationState(opened[0]!);
    expect(applied).toBe(known);
  });
}
