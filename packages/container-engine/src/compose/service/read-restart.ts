import type { Placed, RestartPolicy } from '../compose-project.ts';
import { unexpected } from '../values/mistake.ts';
import type { ValueReader } from '../values/read-values.ts';

/** By what `deploy.restart_policy.condition` says. */
const OF_DEPLOY: Readonly<Record<string, RestartPolicy['policy']>> = {
  none: 'no',
  'on-failure': 'on-failure',
  any: 'always',
  'unless-stopped': 'unless-stopped',
};

/** `restart`, or `deploy.restart_policy`, which wins. */
export function readRestart(service: ValueReader): Placed<RestartPolicy> | undefined {
  const own = readOwn(service);
  const deployed = service.inner('deploy')?.inner('restart_policy');
  if (deployed === undefined) return own;
  const condition = deployed.text('condition');
  const attempts = deployed.wholeNumber('max_attempts', 0);
  const policy = OF_DEPLOY[condition?.value ?? 'any'];
  if (policy === undefined)
    throw unexpected(
      deployed.node('condition') ?? deployed.map,
      deployed.nameOf('condition'),
      'none, on-failure or any',
    );
  return {
    value: { policy, ...(attempts === undefined ? {} : { maxRetries: attempts.value }) },
    at: condition?.at ?? deployed.map.at,
  };
}

function readOwn(service: ValueReader): Placed<RestartPolicy> | undefined {
  const node = service.node('restart');
  // `restart: no` without quotes is a text in today's YAML, and false in that of old.
  if (node?.kind === 'scalar' && node.value === false) return { value: { policy: 'no' }, at: node.at };
  const text = service.text('restart');
  if (node === undefined || text === undefined) return undefined;
  const [, policy, retries] =
    /^(no|always|unless-stopped|on-failure)(?::(\d+))?$/.exec(text.value.trim()) ?? [];
  if (policy === undefined || (retries !== undefined && policy !== 'on-failure'))
    throw unexpected(
      node,
      service.nameOf('restart'),
      '"no", always, unless-stopped, on-failure or on-failure:3',
    );
  return {
    value: {
      policy: policy as RestartPolicy['policy'],
      ...(retries === undefined ? {} : { maxRetries: Number(retries) }),
    },
    at: text.at,
  };
}
