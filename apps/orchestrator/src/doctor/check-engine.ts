import { describeEngine } from '../subject/describe-subject.ts';
import type { EngineSearch } from '../subject/find-engine.ts';
import type { Check } from './check.ts';

const HOW =
  'start Docker or Podman, or install one (Debian: apt-get install docker.io), or set DOCKER_HOST to where one answers';

/** Which container engine answers, and what it can. Without one, scenarios run on this machine. */
export function checkEngine({ engine, problem, tried }: EngineSearch): Check {
  const check = { id: 'engine', title: 'Container engine' } as const;
  if (engine === undefined)
    return {
      ...check,
      state: 'warning',
      found: `none answers${tried.length === 0 ? `: ${problem}` : ''}`,
      details: tried.map(({ place, problem: why }) => `${place}: ${why}`),
      how: HOW,
      data: { answers: false, problem, tried: tried.map((one) => ({ ...one })) },
    };
  const { facts } = engine;
  const { apiVersion, foundBy, local, memoryBytes, cores, kernel, cannotLimit } = facts;
  const blind = cannotLimit.length > 0;
  return {
    ...check,
    state: blind ? 'warning' : 'ok',
    found: `${describeEngine(facts)}, API ${apiVersion}, by ${foundBy}${local ? '' : ', on another machine'}`,
    ...(blind
      ? {
          details: [`its kernel cannot limit ${cannotLimit.join(', ')}`],
          how: facts.rootless
            ? 'delegate the control groups to your user: systemctl edit user@.service, with Delegate=cpu cpuset io memory pids'
            : 'enable them in the kernel of its machine (docker info names them), such as swapaccount=1 for swap',
        }
      : {}),
    data: {
      answers: true,
      product: facts.product,
      version: facts.version,
      apiVersion,
      cgroupVersion: facts.cgroupVersion,
      rootless: facts.rootless,
      local,
      memoryBytes,
      cores,
      kernel,
      cannotLimit: [...cannotLimit],
      foundBy,
    },
  };
}
