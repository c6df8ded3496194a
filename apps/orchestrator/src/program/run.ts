/** Turns a command that returns an exit code into what commander calls. */
export type Run = (command: () => Promise<number>) => () => Promise<void>;
