import { openWorkspace } from '@seaworthy/scenario';
import type { Sandbox, SandboxLimits, Tier } from '../src/model/sandbox.ts';
import { openSandbox } from '../src/sandbox/open-sandbox.ts';
import type { SandboxOptions } from '../src/sandbox/sandbox-options.ts';
import { hostEnvironment, imageEnvironment } from './sandbox/places.ts';

export const MIB: number = 2 ** 20;

export const SMALL: Partial<SandboxLimits> = {
  memoryBytes: 128 * MIB,
  cpus: 0.5,
  descriptors: 256,
  diskBytes: 16 * MIB,
};

export interface OpenedSandbox extends AsyncDisposable {
  readonly sandbox: Sandbox;
}

/** In a cgroup of this machine, or in a container of a test image. */
export async function openTestSandbox(
  options: Partial<Pick<SandboxOptions, 'request' | 'keeper' | 'without'>> & {
    where?: 'cgroup' | 'debian' | 'tiny' | Tier;
  } = {},
): Promise<OpenedSandbox> {
  const { where = 'cgroup', request = SMALL, ...rest } = options;
  const isImage = where === 'debian' || where === 'tiny';
  await using stack = new AsyncDisposableStack();
  const workspace = stack.use(await openWorkspace());
  const environment = isImage ? await imageEnvironment(`seaworthy-test/${where}:latest`) : hostEnvironment();
  const tier = isImage ? ('container' as const) : where === 'cgroup' ? undefined : where;
  const { signal } = new AbortController();
  const sandbox = stack.use(
    await openSandbox({
      environment,
      workspace,
      signal,
      request,
      ...(tier === undefined ? {} : { tier }),
      ...rest,
    }),
  );
  const all = stack.move();
  return { sandbox, [Symbol.asyncDispose]: () => all.disposeAsync() };
}
