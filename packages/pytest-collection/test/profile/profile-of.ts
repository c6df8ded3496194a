import type { CauseId, CollectionProfile, ProfileCause } from '../../src/model/collection-profile.ts';
import type { CollectionTarget } from '../../src/model/collection-target.ts';
import { profileCollection } from '../../src/profile/profile-collection.ts';
import type { ProfileOptions } from '../../src/profile/profile-options.ts';
import type { SmallProject } from '../collect-once/small-project.ts';
import { PYTHON } from '../interpreters/python.ts';
import { pytestFolder } from '../interpreters/pytests.ts';

/** The profile of a small project, by pytest 9 without the plugins of this machine. */
export function profileOf(
  { root, workspace }: Pick<SmallProject, 'root' | 'workspace'>,
  { env, ...target }: Omit<Partial<CollectionTarget>, 'root'> = {},
  options: Omit<ProfileOptions, 'workspace'> = {},
): Promise<CollectionProfile> {
  const plain = {
    PYTHONPATH: pytestFolder(9),
    PYTEST_DISABLE_PLUGIN_AUTOLOAD: '1',
    PYTHONDONTWRITEBYTECODE: undefined,
  };
  return profileCollection(
    { root, python: PYTHON, env: { ...plain, ...env }, ...target },
    { ...options, workspace },
  );
}

export function causeOf(
  { causes }: Pick<CollectionProfile, 'causes'>,
  id: CauseId,
): ProfileCause | undefined {
  return causes.find((cause) => cause.id === id);
}

/** Python that keeps a processor busy for so long. */
export function busy(ms: number): string {
  return [
    'import time as _time',
    '_until = _time.process_time() + ' + String(ms / 1000),
    'while _time.process_time() < _until:',
    '    pass',
    '',
  ].join('\n');
}
