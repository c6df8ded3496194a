import { execaSync } from 'execa';
import type { Environment } from '@seaworthy/scenario';
import { vi } from 'vitest';
import { pytestFolder } from '../interpreters/pytests.ts';
import type { PytestMajor } from '../interpreters/pytests.ts';

/** `python3`, with a pytest that `npx nx run tools:pytests` has made available. Changes PYTHONPATH of this process. */
export function environmentWithPytest(major: PytestMajor, root: string): Environment {
  vi.stubEnv('PYTHONPATH', pytestFolder(major));
  const { stdout } = execaSync('python3', [
    '-c',
    'import json, platform, sys; print(json.dumps([sys.executable, platform.python_version(), platform.python_implementation()]))',
  ]);
  const [executable, version, implementation] = JSON.parse(stdout) as [string, string, string];
  return {
    project: { root },
    python: { executable, version, implementation },
    cores: 2,
    memoryBytes: 4_000_000_000,
  };
}
