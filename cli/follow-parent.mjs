/* Loaded into the web process: when the process that started it dies, however suddenly, it leaves too. */
process.on('disconnect', () => process.exit(0));
process.channel?.unref();
