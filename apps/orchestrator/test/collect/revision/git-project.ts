import { execFileSync } from 'node:child_process';
import type { Sandbox } from '../../cli/seaworthy.ts';

export interface Repository {
  run(...args: readonly string[]): string;
  /** Everything that is there now; returns the hash. */
  commit(message: string): string;
}

/** Makes a project a real repository with a branch `main`. */
export function inRepository({ project }: Pick<Sandbox, 'project'>): Repository {
  const run = (...args: readonly string[]): string => {
    const identity = [
      '-c',
      'user.name=Ada',
      '-c',
      'user.email=ada@example.org',
      '-c',
      'commit.gpgsign=false',
    ];
    return execFileSync('git', [...identity, ...args], { cwd: project, encoding: 'utf8' }).trim();
  };
  run('init', '--quiet', '--initial-branch=main');
  return {
    run,
    commit(message) {
      run('add', '--all');
      run('commit', '--quiet', '--message', message);
      return run('rev-parse', 'HEAD');
    },
  };
}
