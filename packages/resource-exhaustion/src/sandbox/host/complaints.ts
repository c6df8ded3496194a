import type { Readable } from 'node:stream';

const LONGEST = 2_000;
const PATIENCE_MS = 1_000;

/** What a program says on its standard error. */
export interface Complaints {
  /** All of it (the beginning, if it is long) once it ended; what there is, where it does not end soon. */
  text(): Promise<string>;
}

/** Listens from now on, so that the program is never kept waiting. */
export function complaintsOf(stderr: Readable): Complaints {
  let said = '';
  stderr.on('data', (chunk: Buffer) => {
    if (said.length < LONGEST) said += String(chunk);
  });
  const ended = new Promise<void>((resolve) => stderr.once('close', resolve).once('end', resolve));
  return {
    text: async () => {
      const patience = Promise.withResolvers<void>();
      const timer = setTimeout(patience.resolve, PATIENCE_MS);
      await Promise.race([ended, patience.promise]);
      clearTimeout(timer);
      return said.trim();
    },
  };
}
