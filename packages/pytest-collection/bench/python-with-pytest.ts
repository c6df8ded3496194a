import { execa } from 'execa';

/**
 * The interpreter that `python3` starts, which must have pytest.
 * @throws where it has none
 */
export async function pythonWithPytest(): Promise<{ readonly python: string; readonly version: string }> {
  const ask =
    'import sys, platform, pytest; print(sys.executable, platform.python_version(), pytest.__version__, sep="\\n")';
  const { stdout } = await execa('python3', ['-c', ask]);
  const [python = '', version, pytest] = stdout.split('\n');
  return { python, version: `CPython ${version}, pytest ${pytest}` };
}
