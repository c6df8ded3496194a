import { openWorkspace, UsageError } from '@seaworthy/scenario';
import { describe, expect, test } from 'vitest';
import { probePytest } from '../../src/interpreter/probe-pytest.ts';
import { PYTHON } from '../interpreters/python.ts';
import { pytestFolder } from '../interpreters/pytests.ts';

describe('probePytest', () => {
  test.each([7, 8, 9] as const)('finds pytest %d on PYTHONPATH', async (major) => {
    const answer = await probePytest(PYTHON, undefined, { PYTHONPATH: pytestFolder(major) });
    expect(answer).toEqual({ version: expect.stringMatching(new RegExp(`^${major}\\.`)) as string });
  });

  test('tells why there is none', async () => {
    await using workspace = await openWorkspace();
    const { writeFileSync } = await import('node:fs');
    writeFileSync(`${workspace.folder}/pytest.py`, 'import not_there\n');
    const answer = await probePytest(PYTHON, undefined, { PYTHONPATH: workspace.folder });
    expect(answer).toEqual({ problem: "ModuleNotFoundError: No module named 'not_there'" });
  });

  test('a program that is no Python', async () => {
    expect(await probePytest('/bin/true')).toEqual({
      problem: expect.stringContaining('/bin/true') as string,
    });
    expect(await probePytest('/bin/false')).toEqual({
      problem: expect.stringContaining('/bin/false') as string,
    });
  });

  test('refuses what is not there, and gives up when it is told to', async () => {
    await expect(probePytest('/no/such/python')).rejects.toThrow(UsageError);
    await expect(probePytest(PYTHON, AbortSignal.abort(new Error('enough')))).rejects.toThrow('enough');
  });
});
