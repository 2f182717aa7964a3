/*
 * For a test that starts the real runner: import this. Its program is TypeScript, and it is started with the options of
 * the process that forks it, which tsx is one of in the product and not in a test.
 */
process.execArgv.push('--import', 'tsx');
