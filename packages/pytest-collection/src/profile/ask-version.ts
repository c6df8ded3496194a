import { probePytest } from '../interpreter/probe-pytest.ts';
import type { CollectionProfile } from '../model/collection-profile.ts';
import type { CollectionTarget } from '../model/collection-target.ts';
import type { ProfileOptions } from './profile-options.ts';

type Told = Pick<CollectionProfile, 'pytest' | 'outcome'>;

/**
 * The pytest of a profile: of a run that ended before pytest was configured, the version that its interpreter has. Inside of a
 * container nobody can be asked.
 */
export async function askVersion(
  { pytest, outcome }: Told,
  { python, env }: CollectionTarget,
  { runner, signal }: Pick<ProfileOptions, 'runner' | 'signal'>,
): Promise<CollectionProfile['pytest']> {
  if (pytest.version !== 'unknown' || outcome.kind === 'no-pytest') return pytest;
  if (runner?.elsewhere !== undefined) return pytest;
  const answer = await probePytest(python, signal, env);
  return 'version' in answer ? { ...pytest, version: answer.version } : pytest;
}
