import { connectEngine } from '@seaworthy/container-engine';
import type { CollectionProfile } from '../../../src/model/collection-profile.ts';
import { profileCollection } from '../../../src/profile/profile-collection.ts';
import { containerRunner, type ContainerRunnerOptions } from '../../../src/run/container/container-runner.ts';
import { smallProject } from '../../collect-once/small-project.ts';
import { IMAGE, IMAGE_PYTHON } from '../../run/container/container-project.ts';

/** The profile of a few files, mounted at /project into containers of the test image. */
export async function profileInContainer(
  files: Readonly<Record<string, string>>,
  options: Partial<ContainerRunnerOptions> = {},
): Promise<CollectionProfile> {
  await using project = await smallProject(files);
  const { root, workspace } = project;
  const runner = await containerRunner({
    engine: await connectEngine(),
    image: IMAGE,
    python: IMAGE_PYTHON,
    mounts: [{ from: root, to: '/project' }],
    workspace,
    ...options,
  });
  const target = { root: '/project', python: IMAGE_PYTHON, args: ['-p', 'no:cacheprovider'] };
  return await profileCollection(target, { workspace, runner });
}

/** Ids and messages of its causes. */
export function toldCauses({ causes }: CollectionProfile): Readonly<Record<string, string>> {
  return Object.fromEntries(causes.map(({ id, message }) => [id, message]));
}
