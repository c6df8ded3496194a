import type { CollectionProfile } from '../model/collection-profile.ts';

/** `Python 3.11.7`, `pytest 8.3.4`, and where they ran: what is known; of a run that ended early that may be nothing. */
export function versionFacts({
  python,
  pytest,
  runner,
}: Pick<CollectionProfile, 'python' | 'pytest' | 'runner'>): string[] {
  const versions = [
    { name: 'Python', version: python.version },
    { name: 'pytest', version: pytest.version },
  ].flatMap(({ name, version }) => (version === 'unknown' ? [] : [`${name} ${version}`]));
  return runner === undefined ? versions : [...versions, `in a ${runner}`];
}
