import { sharedInterval } from '../pressure/shared-interval.ts';
import { readAvailableMemory } from './machine-memory.ts';

/**
 * 20 Hz: a process fills 150 MB between two looks. The limits of the sandbox stop it long before; this is the second line.
 * Elsewhere than on Linux a look starts a program.
 */
const LOOK_EVERY_MS = process.platform === 'linux' ? 50 : 1_000;

/** Ends when disposed of. */
export interface HostWatch extends AsyncDisposable {
  /** What was available when the sandbox was ended, bytes; `undefined` while all is well. */
  readonly endedAt: number | undefined;
}

export interface HostWatchOptions {
  /** Is disposed of below the floor, which is told in `endedAt` by then. */
  readonly sandbox: AsyncDisposable;
  /** So much stays free on this machine, bytes. */
  readonly floorBytes: number;
  readonly signal: AbortSignal;
  /** For tests. */
  readonly read?: () => number;
  /** For tests, ms. */
  readonly everyMs?: number;
}

/** Ends a sandbox as soon as less memory than the floor is available on this machine. */
export function watchHost(options: HostWatchOptions): HostWatch {
  const { sandbox, floorBytes, signal, read = readAvailableMemory, everyMs = LOOK_EVERY_MS } = options;
  let endedAt: number | undefined;
  let ending: Promise<void> | undefined;
  const stop = (): void => {
    looks[Symbol.dispose]();
    signal.removeEventListener('abort', stop);
  };
  const looks = sharedInterval(everyMs, () => {
    const available = read();
    if (available >= floorBytes) return;
    endedAt = available;
    stop();
    ending = Promise.resolve(sandbox[Symbol.asyncDispose]()).catch(() => {}); // The workspace tries again.
  });
  signal.addEventListener('abort', stop, { once: true });
  return {
    get endedAt() {
      return endedAt;
    },
    [Symbol.asyncDispose]: async () => {
      stop();
      await ending;
    },
  };
}
