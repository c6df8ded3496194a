import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from '@seaworthy/scenario';
import { packageFolder } from '../package-folder.ts';
import { pythonProgram } from './python-program.ts';

/** `python`: in the interpreter that is there. `native`: a static program that needs nothing. Both speak the same protocol. */
export type KeeperKind = 'python' | 'native';

export interface KeeperCommandOptions {
  /** For `python`: the interpreter, as the sandbox sees it; `python3` by default. */
  readonly python?: string;
  /** After it the keeper ends all victims and itself, ms; an hour by default. Every victim has the same timer. */
  readonly deadlineMs?: number;
  /** Where its cgroup files lie, as the sandbox sees them. It finds them itself where they are not given. */
  readonly cgroupFolders?: readonly string[];
  /** For `native`: where the program lies in the sandbox. On this machine it is the package's own file by default. */
  readonly nativePath?: string;
}

export interface KeeperCommand {
  readonly command: readonly [string, ...string[]];
  /** Variables that it needs beside what there is. */
  readonly env?: Readonly<Record<string, string>>;
  /** To be mounted read-only at `to`, where the sandbox has another file system: one file. */
  readonly mount?: { readonly from: string; readonly to: string };
}

/** Folder (with the keeper program alone in it) of a container. */
const NATIVE_IN_CONTAINER = '/.seaworthy/keeper';

/**
 * How the keeper is started. It talks over standard input and output, see `connectKeeper`, and ends when its input does.
 *
 * @throws UsageError where the native keeper was not built for this processor
 */
export function keeperCommand(kind: KeeperKind, options: KeeperCommandOptions = {}): KeeperCommand {
  const { deadlineMs = 3_600_000, cgroupFolders = [] } = options;
  const args = [
    '--deadline',
    String(deadlineMs / 1000),
    ...cgroupFolders.flatMap((one) => ['--cgroup', one]),
  ];
  if (kind === 'python') {
    // No user site, no environment, no byte code: whatever is installed there must not change how victims behave.
    return { command: [options.python ?? 'python3', '-I', '-S', '-B', '-c', pythonProgram(), ...args] };
  }
  const from = nativeKeeperPath();
  if (from === undefined) {
    throw new UsageError(
      'NO_NATIVE_KEEPER',
      `There is no native keeper for ${process.platform}-${process.arch} in this package. Name a Python interpreter (environment.python), use an image with Python, or build the native keeper with gcc (nx run resource-exhaustion:native)`,
    );
  }
  return {
    command: [options.nativePath ?? from, ...args],
    mount: { from, to: options.nativePath ?? NATIVE_IN_CONTAINER },
  };
}

/** The program on this machine, `undefined` where it was not built. */
export function nativeKeeperPath(): string | undefined {
  const path = join(packageFolder(), 'native', 'dist', `keeper-linux-${process.arch}`);
  return existsSync(path) ? path : undefined;
}
