import { connectEngine } from '@seaworthy/container-engine';
import type { ContainerLimits } from '@seaworthy/scenario';
import { collectOnce } from '../../../src/collect-once.ts';
import type { CollectOptions } from '../../../src/model/collect-options.ts';
import type { CollectionRun } from '../../../src/model/collection-run.ts';
import type { CollectionTarget } from '../../../src/model/collection-target.ts';
import { containerRunner } from '../../../src/run/container/container-runner.ts';
import { smallProject } from '../../collect-once/small-project.ts';

/** With Python 3.11 and pytest; made by `nx run tools:test-images`. */
export const IMAGE = 'seaworthy-test/debian:latest';
export const IMAGE_PYTHON = '/usr/bin/python3';
export const MIB = 1024 ** 2;

export interface ContainerProject extends AsyncDisposable {
  readonly engine: Awaited<ReturnType<typeof connectEngine>>;
  collect(
    limits?: ContainerLimits,
    target?: Partial<CollectionTarget>,
    options?: Omit<CollectOptions, 'workspace' | 'runner'>,
  ): Promise<CollectionRun>;
}

/** A project of a few files, mounted at /project into containers of the test image. */
export async function containerProject(files: Readonly<Record<string, string>>): Promise<ContainerProject> {
  const project = await smallProject(files);
  const engine = await connectEngine();
  const { workspace } = project;
  const mounts = [{ from: project.root, to: '/project' }];
  return {
    engine,
    collect: async (limits = {}, target = {}, options = {}) => {
      const runner = await containerRunner({
        engine,
        image: IMAGE,
        python: IMAGE_PYTHON,
        limits,
        mounts,
        workspace,
      });
      return collectOnce(
        { root: '/project', python: IMAGE_PYTHON, args: ['-p', 'no:cacheprovider'], ...target },
        { ...options, workspace, runner },
      );
    },
    [Symbol.asyncDispose]: () => project[Symbol.asyncDispose](),
  };
}
