import { buildProgram } from './program.ts';
import { reportError } from './report.ts';

try {
  await buildProgram().parseAsync();
} catch (error) {
  reportError(error);
  process.exitCode = 1;
}
