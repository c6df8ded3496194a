import { openWorkspace } from '@seaworthy/scenario';
import { expect, test } from 'vitest';
import { openCollection } from '../../src/collect/open-collection.ts';
import { Sandbox } from '../cli/seaworthy.ts';

test('pytest is looked for with the environment that was handed in', async () => {
  using project = new Sandbox();
  const broken = 'the pytest of the surroundings is broken';
  project.write('elsewhere/pytest.py', `raise ImportError(${JSON.stringify(broken)})\n`);
  await using workspace = await openWorkspace({ temporaryFolder: project.temporary });
  const output = { write: () => {}, isTTY: false, columns: undefined };
  const opened = await openCollection(
    {
      root: project.project,
      configuration: { values: {}, folder: project.project, place: () => 'default' },
      python: undefined,
      args: undefined,
      limit: undefined,
    },
    workspace,
    {
      stdout: output,
      stderr: output,
      cwd: project.project,
      env: { ...process.env, PYTHONPATH: `${project.project}/elsewhere` },
      nodeVersion: process.versions.node,
      now: () => new Date(),
      randomSeed: () => 1,
      interruption: () => new AbortController().signal,
    },
  );
  expect(opened).toEqual({ missing: expect.stringContaining(broken) as string });
});
