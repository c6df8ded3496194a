import { realpathSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { UsageError } from '@seaworthy/scenario';
import type { Workspace } from '@seaworthy/scenario';
import type { Asking } from '../../programs/ask-program.ts';
import { askGit } from './ask-git.ts';

export interface Revision {
  /** As the user wrote it. */
  readonly name: string;
  /** Full hash. */
  readonly commit: string;
}

export interface ExportedRevision extends Revision {
  /** Absolute path of the repository's files in that revision. */
  readonly top: string;
  /** Where the project's folder lies in them. */
  readonly root: string;
  /** Absolute path of the working tree that it is compared with. */
  readonly workingTree: string;
}

/** The commit that a name stands for, if it stands for one in the repository of `folder`. */
export async function findRevision(
  folder: string,
  name: string,
  asking: Asking,
): Promise<Revision | undefined> {
  const { ok, stdout } = await askGit(
    folder,
    ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`],
    asking,
  );
  const commit = stdout.split('\n').at(-1) ?? '';
  return ok && commit !== '' ? { name, commit } : undefined;
}

/** Branches and tags, to find the one that was meant; or why git does not take the folder for part of a repository. */
export async function revisionNames(
  folder: string,
  asking: Asking,
): Promise<{ readonly names: readonly string[] } | { readonly problem: string }> {
  const { ok, stdout, problem } = await askGit(
    folder,
    ['for-each-ref', '--format=%(refname:short)', 'refs/heads', 'refs/tags', 'refs/remotes'],
    asking,
  );
  return ok ? { names: stdout.split('\n').filter((name) => name !== '') } : { problem };
}

/**
 * Writes the files of a revision into the workspace, through an index of its own: nothing in the repository changes, and
 * unlike `git archive` no file is left out that `.gitattributes` keeps from releases, as tests often are.
 *
 * @throws UsageError `NO_EXPORT`, `NOT_IN_REVISION`
 */
export async function exportRevision(
  folder: string,
  { name, commit }: Revision,
  workspace: Workspace,
  asking: Asking,
): Promise<ExportedRevision> {
  const git = async (...args: readonly string[]): Promise<string> => {
    const { ok, stdout, problem } = await askGit(folder, args, withIndex);
    if (!ok) throw new UsageError('NO_EXPORT', `Cannot export ${JSON.stringify(name)}: ${problem}.`);
    return stdout;
  };
  const place = await workspace.makeFolder('revision');
  const withIndex = { ...asking, env: { ...asking.env, GIT_INDEX_FILE: join(place, 'index') } };
  const workingTree = realpathSync(await git('rev-parse', '--show-toplevel'));
  const prefix = await git('rev-parse', '--show-prefix');
  const top = join(place, 'files');
  await git('read-tree', commit);
  // From the top: else only what lies below the folder would be written.
  await git('-C', workingTree, 'checkout-index', '--all', '--force', `--prefix=${top}/`);
  const root = resolve(top, prefix);
  if (statSync(root, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UsageError(
      'NOT_IN_REVISION',
      `${JSON.stringify(name)} (${commit.slice(0, 12)}) has no folder ${JSON.stringify(prefix || '.')} to collect.`,
    );
  return { name, commit, top, root, workingTree };
}
