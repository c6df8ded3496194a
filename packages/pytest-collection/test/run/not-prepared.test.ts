import type { OwnedCgroup } from '@seaworthy/cgroups';
import { openWorkspace } from '@seaworthy/scenario';
import { expect, test } from 'vitest';
import { startProcess } from '../../src/run/start-process.ts';
import { ONE_TEST, smallProject } from '../collect-once/small-project.ts';

test('a cgroup that cannot be joined is told as that, not as an interpreter that does not work', async () => {
  await using project = await smallProject({ 'test_a.py': ONE_TEST });
  await using workspace = await openWorkspace();
  const folder = `${workspace.folder}/removed`;
  const cgroup: OwnedCgroup = {
    cgroup: { version: 1, folders: { memory: folder }, tops: { memory: folder } },
    limits: {},
    folders: [folder],
    add: () => {},
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
  const runner = {
    name: 'removed',
    start: (request: Parameters<typeof startProcess>[0]) => startProcess(request, { cgroup }),
  };
  const { outcome, output } = await project.collect({}, { runner });
  expect(outcome).toEqual({
    kind: 'no-pytest',
    message:
      'The interpreter was not started, because it could not be put into its cgroup or under its limit of address ' +
      'space (code 125). What was printed last says why',
  });
  expect(output.stderr).toContain('removed/cgroup.procs');
});
