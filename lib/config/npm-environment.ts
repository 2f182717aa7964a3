/** Environment variables by name. */
export type Environment = Record<string, string | undefined>;

/**
 * The environment that npm's settings are read from, as it is now. npm needs all of it: any `npm_config_*` is a setting,
 * an .npmrc may refer to any variable (`${TOKEN}`), and `HOME`, `PREFIX` or `HTTPS_PROXY` decide where and how it looks.
 */
export function npmEnvironment(): Environment {
  return process.env;
}
