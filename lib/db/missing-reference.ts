/** True where a batch named a row that is not there (a foreign key without its other end): nothing was written. */
export function isMissingReference(error: unknown): boolean {
  const { extendedCode } = (error ?? {}) as { extendedCode?: string };
  return extendedCode === 'SQLITE_CONSTRAINT_FOREIGNKEY';
}
