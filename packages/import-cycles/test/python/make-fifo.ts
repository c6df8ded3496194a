import { execFileSync } from 'node:child_process';

/** Makes a named pipe, which Node has no call for. */
export function mkfifoSync(path: string): void {
  execFileSync('mkfifo', [path]);
}
