import { Command } from 'commander';
import { keysCommand } from './commands/keys.ts';
import { modelsCommand } from './commands/models.ts';
import { runCommand } from './commands/run.ts';
import { usersCommand } from './commands/users.ts';

/** Adds one command, with its subcommands, to the program. A command's actions throw; `cli/index.ts` reports. */
export type CommandModule = (program: Command) => void;

const COMMANDS: readonly CommandModule[] = [runCommand, modelsCommand, usersCommand, keysCommand];

/** The whole command line. */
export function buildProgram(): Command {
  const program = new Command('multiplane');
  program.description('Turns photos and prompts into layered pictures and video.').showHelpAfterError();
  for (const add of COMMANDS) add(program);
  return program;
}
