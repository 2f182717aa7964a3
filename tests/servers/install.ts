import { ensureInstalled } from '../../cli/install.mjs';

/** The servers that tests run against are there before the first test, for whichever of them wants one. */
export default function setup(): void {
  ensureInstalled('tests/servers');
}
