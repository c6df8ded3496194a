import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Workspace } from '@seaworthy/scenario';
import { OutputFile } from './output-file.ts';

/** Where a process prints to. Disposing of it removes the files; what came last stays. */
export interface Outputs extends AsyncDisposable {
  readonly stdio: readonly [number, number];
  /** In which both files are, alone. */
  readonly folder: string;
  /** Of the same files, absolute. */
  readonly paths: readonly [string, string];
  read(): { readonly stdout: string; readonly stderr: string };
}

const LOOK_EVERY_MS = 100;

/**
 * Files rather than pipes: with a pipe each line wakes the reader, which costs both sides more than the printing, and the
 * writer waits whenever the reader is late.
 */
export async function openOutputs(workspace: Workspace): Promise<Outputs> {
  await using stack = new AsyncDisposableStack();
  const folder = await workspace.makeFolder('output');
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const paths = [join(folder, 'stdout'), join(folder, 'stderr')] as const;
  const stdout = stack.use(new OutputFile(paths[0]));
  const stderr = stack.use(new OutputFile(paths[1]));
  const cut = setInterval(() => [stdout, stderr].forEach((file) => file.cut()), LOOK_EVERY_MS);
  cut.unref();
  stack.defer(() => clearInterval(cut));
  const everything = stack.move();
  return {
    stdio: [stdout.fd, stderr.fd],
    folder,
    paths,
    read: () => ({ stdout: stdout.text, stderr: stderr.text }),
    [Symbol.asyncDispose]: () => everything.disposeAsync(),
  };
}
