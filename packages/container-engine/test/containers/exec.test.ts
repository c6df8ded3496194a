import { expect, test } from 'vitest';
import { codeOf } from '../../src/connection/explain-failure.ts';
import { saidByRuntime } from '../../src/containers/exec.ts';

/** Output of a program that never ran, as runc, crun and Docker write it. */
test.for([
  [
    127,
    'OCI runtime exec failed: exec failed: unable to start container process: exec: "nope": executable file not found in $PATH: unknown',
    'COMMAND_NOT_FOUND',
  ],
  [
    126,
    'OCI runtime exec failed: exec failed: unable to start container process: exec: "/etc": permission denied: unknown',
    'COMMAND_NOT_FOUND',
  ],
  [
    127,
    'crun: executable file `x` not found in $PATH: No such file or directory: OCI runtime attempted to invoke a command that was not found',
    'COMMAND_NOT_FOUND',
  ],
  [126, 'OCI runtime exec failed: exec failed: cannot exec in a stopped container: unknown', 'OTHER'],
  [126, 'cannot exec in a stopped state: unknown', 'OTHER'],
  [
    126,
    'OCI runtime exec failed: exec failed: unable to start container process: error executing setns process: exit status 1: unknown',
    'OTHER',
  ],
  [
    126,
    'OCI runtime exec failed: exec failed: unable to start container process: error executing setns process: open /proc/7/ns/ipc: no such file or directory',
    'OTHER',
  ],
] as const)('exit code %i, %s is %s', ([code, stdout, expected]) => {
  const said = saidByRuntime({ code, stdout: `${stdout}\r\n`, stderr: '' });
  expect(said).toBe(stdout);
  expect(codeOf(said ?? '')).toBe(expected);
});

test('what a program says itself is no word of the runtime', () => {
  expect(saidByRuntime({ code: 127, stdout: '', stderr: 'sh: nope: not found' })).toBeUndefined();
  expect(saidByRuntime({ code: 1, stdout: 'OCI runtime exec failed', stderr: '' })).toBeUndefined();
});
