import { join, resolve } from 'node:path';
import { execaSync } from 'execa';
import type { Environment } from '@seaworthy/scenario';
import { vi } from 'vitest';

const PYTESTS = resolve(import.meta.dirname, '../../../../node_modules/.cache/seaworthy-pytests');

/** `python3`, with a pytest that `npx nx run tools:pytests` has made available. Changes PYTHONPATH of this process. */
export function environmentWithPytest(major: number, root: string): Environment {
  vi.stubEnv('PYTHONPATH', join(PYTESTS, String(major)));
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
