import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { CollectionProfile } from '@seaworthy/pytest-collection';
import { readProfile } from '@seaworthy/pytest-collection/formats';
import { UsageError } from '@seaworthy/scenario';
import { didYouMean } from '../options/choose.ts';
import type { Asking } from '../programs/ask-program.ts';
import { findRevision, revisionNames } from './revision/export-revision.ts';
import type { Revision } from './revision/export-revision.ts';

/** What `--compare` names. */
export type ComparedWith =
  | { readonly kind: 'revision'; readonly revision: Revision }
  | { readonly kind: 'profile'; readonly file: string; readonly profile: CollectionProfile };

/**
 * Finds out whether a name is a revision of the project's repository or a file with a saved profile, and reads the file.
 *
 * @throws UsageError `AMBIGUOUS_COMPARISON`, `NOTHING_TO_COMPARE`, and where the file is no profile
 */
export async function comparedWith(
  name: string,
  { root, cwd, asking }: { readonly root: string; readonly cwd: string; readonly asking: Asking },
): Promise<ComparedWith> {
  const file = resolve(cwd, name);
  const entry = statSync(file, { throwIfNoEntry: false });
  const isFile = entry !== undefined && !entry.isDirectory();
  const looksLikeFile = /^\.{0,2}\/|\.json$/.test(name);
  // A saved profile needs no repository, and no git.
  const revision = isFile && looksLikeFile ? undefined : await findRevision(root, name, asking);
  if (isFile && revision !== undefined)
    throw new UsageError(
      'AMBIGUOUS_COMPARISON',
      `--compare ${JSON.stringify(name)} is both a file and a revision. Write ./${name} for the file, or ${revision.commit.slice(0, 12)} for the revision.`,
    );
  if (revision !== undefined) return { kind: 'revision', revision };
  if (isFile) {
    return { kind: 'profile', file, profile: await readProfile(file) };
  }
  const found = await revisionNames(root, asking);
  const problem =
    'problem' in found
      ? `is no file, and no revision, since git knows no repository of ${root}: ${found.problem}.`
      : `is neither a revision of the repository of ${root} nor a file.${didYouMean(name, found.names)}`;
  const saved = looksLikeFile ? name : 'profile.json';
  throw new UsageError(
    'NOTHING_TO_COMPARE',
    `--compare ${JSON.stringify(name)} ${problem} A file is a profile that was saved with: seaworthy collect --format json --output ${saved}`,
  );
}
