import { Command } from 'commander';
import { databaseCommand } from './commands/database.ts';
import { keysCommand } from './commands/keys.ts';
import { modelsCommand } from './commands/models.ts';
import { pruneCommand } from './commands/prune.ts';
import { runCommand } from './commands/run.ts';
import { sweepCommand } from './commands/sweep.ts';
import { usersCommand } from './commands/users.ts';
import { verifyCommand } from './commands/verify.ts';

/** Adds one command, with its subcommands, to the program. A command's actions throw; `cli/index.ts` reports. */
export type CommandModule = (program: Command) => void;

const COMMANDS: readonly CommandModule[] = [
  runCommand,
  verifyCommand,
  modelsCommand,
  usersCommand,
  keysCommand,
  pruneCommand,
  sweepCommand,
  databaseCommand,
];

/** The whole command line. */
export function buildProgram(): Command {
  const program = new Command('multiplane');
  program.description('Turns photos and prompts into layered pictures and video.').showHelpAfterError();
  for (const add of COMMANDS) add(program);
  return program;
}
