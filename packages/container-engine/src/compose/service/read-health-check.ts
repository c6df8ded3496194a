import type { ComposeHealthCheck } from '../compose-project.ts';
import { unexpected } from '../values/mistake.ts';
import type { ValueReader } from '../values/read-values.ts';

/** `healthcheck` of a service. */
export function readHealthCheck(service: ValueReader): ComposeHealthCheck | undefined {
  const check = service.inner('healthcheck');
  if (check === undefined) return undefined;
  const node = check.node('test');
  const text = node?.kind === 'scalar' ? check.text('test') : undefined;
  // One text is a command line for the container's shell.
  const test = text === undefined ? check.texts('test') : { value: ['CMD-SHELL', text.value], at: text.at };
  const [kind] = test?.value ?? [];
  if (node !== undefined && kind !== 'NONE' && kind !== 'CMD' && kind !== 'CMD-SHELL')
    throw unexpected(
      node.kind === 'list' ? (node.items[0] ?? node) : node,
      check.nameOf('test'),
      'a list that begins with CMD, CMD-SHELL or NONE, or one text',
    );
  const optional = {
    test,
    intervalMs: check.span('interval'),
    timeoutMs: check.span('timeout'),
    startPeriodMs: check.span('start_period'),
    startIntervalMs: check.span('start_interval'),
    retries: check.wholeNumber('retries', 0),
  };
  return {
    at: service.placeOf('healthcheck'),
    disabled: check.flag('disable')?.value === true || kind === 'NONE',
    ...(Object.fromEntries(
      Object.entries(optional).filter(([, value]) => value !== undefined),
    ) as Partial<ComposeHealthCheck>),
  };
}
