import { expect, test } from 'vitest';
import { ONE_TEST } from '../../collect-once/small-project.ts';
import { MIB } from '../../run/container/container-project.ts';
import { profileInContainer, toldCauses } from './in-container.ts';

/** Registers `-n` as pytest-xdist does. */
const WORKERS =
  'def pytest_addoption(parser):\n    parser.getgroup("workers")._addoption("-n", "--numprocesses")\n';

test('limits of a container: workers, shared memory, open files, and process 1', async () => {
  const profile = await profileInContainer(
    {
      'pytest.ini': '[pytest]\naddopts = -n auto\n',
      'conftest.py': WORKERS,
      'joblib.py': 'import time\ntime.sleep(0.05)\n',
      'test_a.py': `import joblib\nheld = [open(__file__) for _ in range(44)]\n${ONE_TEST}`,
    },
    {
      limits: {
        memoryBytes: 40 * MIB,
        cpus: 0.5,
        shmBytes: MIB,
        ulimits: [{ name: 'nofile', soft: 64, hard: 64 }],
      },
      command: ['pytest', '-q'],
    },
  );
  expect(profile.outcome).toEqual({ kind: 'finished' });
  const told = toldCauses(profile);
  expect(told['workers-exceed-cpus']).toMatch(/^-n auto starts \d+ workers, and the CPU quota is 0\.5 CPUs$/);
  expect(told['small-shared-memory']).toContain('/dev/shm has 1 MiB, and the tests import joblib');
  expect(told['descriptor-limit']).toMatch(/\d+ files are open, and the limit is 64$/);
  expect(told['init-ignores-signals']).toMatch(
    /^process 1 of the container is `pytest -q` and ignores SIGTERM:/,
  );
  expect(told['workers-exceed-memory']).toMatch(/into 40 MiB$/);
  expect(profile.workers).toMatchObject({ origin: 'cgroup', limit: 40 * MIB });
  expect(told).not.toHaveProperty('emulated-processor');
}, 120_000);

test('a container with room for all of that, and an init program', async () => {
  const files = {
    'pytest.ini': '[pytest]\naddopts = -n 1\n',
    'conftest.py': WORKERS,
    'joblib.py': 'import time\ntime.sleep(0.05)\n',
    'test_a.py': `import joblib\nheld = [open(__file__) for _ in range(44)]\n${ONE_TEST}`,
  };
  const profile = await profileInContainer(files, {
    limits: {
      cpus: 1,
      shmBytes: 128 * MIB,
      init: true,
      ulimits: [{ name: 'nofile', soft: 1024, hard: 1024 }],
    },
    command: ['pytest', '-q'],
  });
  expect(profile.outcome).toEqual({ kind: 'finished' });
  expect(Object.keys(toldCauses(profile))).not.toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^(?:workers|small|descriptor|init|emulated|musl|slow-file)/),
    ]),
  );
}, 120_000);

test('folders in the image that hold no test, which a pytest before 8 does not tell of', async () => {
  const data = Object.fromEntries(
    Array.from({ length: 3000 }, (_, row) => [`data/rows/${String(row)}.csv`, '']),
  );
  const profile = await profileInContainer({ ...data, 'tests/test_a.py': ONE_TEST });
  expect(toldCauses(profile)['walks-in-vain']).toMatch(/^pytest walks through 3,00\d files in data/);
}, 120_000);
