import { afterEach, beforeEach, expect, vi } from 'vitest';

/* Nothing may write to console.error unnoticed: a test that expects it says so by clearing the spy. */

beforeEach(() => {
  vi.spyOn(console, 'error');
});

afterEach(() => {
  expect(console.error).not.toHaveBeenCalled();
});
