import { buildProgram } from './program.ts';
import { reportError } from './report.ts';
import { endWithReader } from './terminal.ts';

endWithReader();
try {
  await buildProgram().parseAsync();
} catch (error) {
  reportError(error);
  process.exitCode = 1;
}
