/* Loaded into the web process and its build: when the process that started it dies, however suddenly, it leaves too. */
process.on('disconnect', () => process.exit(0));
process.channel?.unref();
// Its own workers would load it too, and without a channel that holds them they would leave in the middle of their work.
const inherited = process.execArgv.findIndex((argument) => argument.endsWith('/follow-parent.mjs'));
if (inherited > 0) process.execArgv.splice(inherited - 1, 2);
