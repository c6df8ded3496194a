import { randomInt } from 'node:crypto';
import { Interrupted } from './interrupted.ts';
import { main, reportError } from './main.ts';
import type { Output, Surroundings } from './surroundings.ts';

// The only file that touches the process: everything else gets what it needs as arguments.

const EXIT_OF = { SIGINT: 130, SIGTERM: 143 } as const;

/** A terminal signals the whole group, and npm passes the signal on: one Ctrl-C may arrive twice. */
const SAME_SIGNAL_MS = 300;

let received: keyof typeof EXIT_OF | undefined;
let interrupted: AbortController | undefined;

function interruption(): AbortSignal {
  if (interrupted === undefined) {
    const controller = new AbortController();
    interrupted = controller;
    let since = 0;
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.on(signal, () => {
        const now = performance.now();
        if (received === undefined) {
          received = signal;
          since = now;
          controller.abort(new Interrupted(signal));
        } else if (now - since > SAME_SIGNAL_MS) {
          // The second one means: at once. What is left over is removed by the workspace's guard.
          process.exit(EXIT_OF[signal]);
        }
      });
    }
  }
  return interrupted.signal;
}

let writeError: NodeJS.ErrnoException | undefined;

function outputOf(stream: NodeJS.WriteStream): Output {
  let closed = false;
  const failed = (error: NodeJS.ErrnoException): void => {
    closed = true;
    // A reader that has seen enough (`| head`) is no error, and no reason to stop: exit code and files still count.
    if (error.code !== 'EPIPE' && stream === process.stdout) writeError ??= error;
  };
  stream.on('error', failed);
  return {
    write(text) {
      if (closed) return;
      try {
        stream.write(text);
      } catch (error) {
        failed(error as NodeJS.ErrnoException);
      }
    },
    isTTY: stream.isTTY === true,
    get columns() {
      // A terminal that does not know its width says 0.
      return stream.isTTY === true && stream.columns > 0 ? stream.columns : undefined;
    },
  };
}

function flushed(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    if (stream.destroyed || stream.errored !== null || stream.writableLength === 0) resolve();
    else stream.write('', () => resolve());
  });
}

// A configuration in TypeScript needs no package.json of a certain kind beside it, whatever Node thinks of that.
process.removeAllListeners('warning');
process.on('warning', (warning: NodeJS.ErrnoException) => {
  if (warning.code !== 'MODULE_TYPELESS_PACKAGE_JSON')
    stderr.write(`seaworthy: warning: ${warning.name}: ${warning.message}\n`);
});

const stdout = outputOf(process.stdout);
const stderr = outputOf(process.stderr);
const surroundings: Surroundings = {
  stdout,
  stderr,
  cwd: process.cwd(),
  env: process.env,
  nodeVersion: process.versions.node,
  now: () => new Date(),
  randomSeed: () => randomInt(2 ** 31),
  interruption,
};
// What was thrown where nobody waited for it.
process.on('uncaughtException', (error) => process.exit(reportError(error, surroundings)));
const exitCode = await main(process.argv.slice(2), surroundings);
await Promise.all([flushed(process.stdout), flushed(process.stderr)]);
// Errors of a stream are told one turn later.
await new Promise((resolve) => setImmediate(resolve));
if (writeError !== undefined)
  stderr.write(`seaworthy: cannot write to standard output: ${writeError.message}\n`);
process.exit(received === undefined ? (writeError === undefined ? exitCode : 2) : EXIT_OF[received]);
