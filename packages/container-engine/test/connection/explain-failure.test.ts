import { expect, test } from 'vitest';
import { explainNetworkError, explainRefusal, explainTimeout } from '../../src/connection/explain-failure.ts';

const asked = {
  endpoint: { kind: 'socket', path: '/run/x.sock' },
  request: 'POST /containers/create',
} as const;

/** Messages as engines send them. */
test.for([
  [404, 'No such image: shop:latest', 'NO_IMAGE'],
  [404, 'shop:latest: image not known', 'NO_IMAGE'],
  [404, 'No such container: x', 'OTHER'],
  [
    400,
    'OCI runtime create failed: runc create failed: unable to start container process: exec: "x": executable file not found in $PATH: unknown',
    'COMMAND_NOT_FOUND',
  ],
  [
    500,
    'crun: executable file `x` not found in $PATH: No such file or directory: OCI runtime attempted to invoke a command that was not found',
    'COMMAND_NOT_FOUND',
  ],
  [400, 'unable to start container process: exec: "/etc": permission denied: unknown', 'COMMAND_NOT_FOUND'],
  [400, 'Minimum memory limit allowed is 6MB', 'LIMIT_REFUSED'],
  [400, 'Minimum memoryswap limit should be larger than memory limit, see usage', 'LIMIT_REFUSED'],
  [400, 'Range of CPUs is from 0.01 to 2.00, as there are only 2 CPUs available', 'LIMIT_REFUSED'],
  [500, 'container init was OOM-killed (memory limit too low?): unknown', 'LIMIT_REFUSED'],
  [
    500,
    'runc create failed: error setting rlimits for ready process: error setting rlimit type 7: operation not permitted',
    'LIMIT_REFUSED',
  ],
  [
    500,
    'OCI runtime exec failed: exec failed: error executing setns process: open /proc/7/ns/ipc: no such file or directory',
    'OTHER',
  ],
  [409, 'Container 87c8 is not running', 'OTHER'],
  [409, 'Conflict. The container name "/x" is already in use', 'OTHER'],
  [500, 'bind source path does not exist: /no/such', 'OTHER'],
] as const)('HTTP %i %s is %s', ([status, message, code]) => {
  const error = explainRefusal(asked, status, JSON.stringify({ message }));
  expect(error).toMatchObject({ code, status });
  expect(error.message).toBe(
    `The container engine at /run/x.sock refused POST /containers/create (HTTP ${status}): ${message}`,
  );
});

test('a refusal that is no JSON is told as it came', () => {
  expect(explainRefusal(asked, 502, '<h1>Bad gateway</h1>\n').message).toMatch(
    /\(HTTP 502\): <h1>Bad gateway<\/h1>$/,
  );
  expect(explainRefusal(asked, 403, 'authorization denied by plugin').message).toContain('does not allow');
});

test('a silence says how long and what to do', () => {
  expect(explainTimeout(asked, 30_000).message).toBe(
    'The container engine at /run/x.sock did not answer POST /containers/create within 30 s. ' +
      'It hangs or the machine is overloaded: see whether `docker info` answers, and start the engine again if not',
  );
});

test('errors of sockets are told in words', () => {
  const told = (code: string): string => explainNetworkError(Object.assign(new Error('raw'), { code }));
  expect(told('EACCES')).toContain('group `docker`');
  expect(told('ENOENT')).toContain('no such socket');
  expect(told('EPIPE')).toContain('the connection broke');
  expect(told('ENOTFOUND')).toContain('name of its host');
  expect(told('EHOSTUNREACH')).toBe('raw');
});
