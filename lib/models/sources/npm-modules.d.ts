/** The little that is used here of npm's own modules, which ship no types. */
declare module '@npmcli/config' {
  interface ConfigOptions {
    npmPath: string;
    definitions: object;
    shorthands: object;
    flatten: (values: object, flat: object) => object;
    nerfDarts: string[];
    env: Record<string, string | undefined>;
    argv: string[];
    warn: boolean;
  }
  export default class Config {
    constructor(options: ConfigOptions);
    load(): Promise<void>;
    readonly flat: Record<string, unknown>;
  }
}

declare module '@npmcli/config/lib/definitions/index.js' {
  const npm: {
    definitions: object;
    shorthands: object;
    flatten: (values: object, flat: object) => object;
    nerfDarts: string[];
  };
  export default npm;
}

declare module '@npmcli/agent' {
  import type { Agent } from 'node:http';
  export function getAgent(url: string, options: Record<string, unknown>): Agent;
}
