import type { Fault } from '@seaworthy/scenario';
import type { ProjectObservation } from './project-observation.ts';
import type { ProjectPlan } from './project-plan.ts';

type ProjectFault = Fault<ProjectPlan, ProjectObservation>;

/** Not a name that a project has. */
const FILE = 'test_seaworthy_fault.py';
const PASSES = 'def test_passes():\n    pass\n';

/** Enough for pytest to come to its first file, on a busy machine and with a heavy conftest too. */
const PATIENCE_MS = 12_000;

/** The plan with files of ours that are collected first. */
function withFiles(plan: ProjectPlan, files: Readonly<Record<string, string>>): ProjectPlan {
  return { ...plan, added: files };
}

const brokenFile: ProjectFault = {
  id: 'adds-a-broken-file',
  breaks: 'a test file that imports what is not there is collected with the project',
  raises: 'COL050',
  inject: (plan) => withFiles(plan, { [FILE]: `import seaworthy_module_that_is_not_there\n\n\n${PASSES}` }),
  applied: ({ errors }) => {
    const ours = errors.find((error) => error.path?.endsWith(FILE));
    return ours === undefined ? undefined : `Python said ${ours.type}: ${ours.message.split('\n')[0]}`;
  },
};

const brokenConftest: ProjectFault = {
  id: 'adds-a-broken-conftest',
  breaks: 'a conftest raises an exception while pytest is configured',
  raises: 'COL056',
  inject: (plan) =>
    withFiles(plan, {
      'conftest.py': 'def pytest_configure(config):\n    raise RuntimeError("seaworthy_fault")\n',
      [FILE]: PASSES,
    }),
  applied: ({ outcome }) =>
    outcome.kind === 'plugin-failure' &&
    `${outcome.message}${outcome.traceback ?? ''}`.includes('seaworthy_fault')
      ? `pytest said ${outcome.message}`
      : undefined,
};

const vanishing: ProjectFault = {
  id: 'ends-the-process',
  breaks: 'a test file ends the process while it is imported',
  raises: 'COL056',
  inject: (plan) => withFiles(plan, { [FILE]: `import os\n\nos._exit(0)\n\n\n${PASSES}` }),
  applied: ({ outcome }) =>
    outcome.kind === 'vanished'
      ? `Python ended with exit code ${outcome.exitCode}, and pytest had said nothing`
      : undefined,
};

const hanging: ProjectFault = {
  id: 'waits-at-import',
  breaks: 'a test file waits for a server that does not answer while it is imported',
  raises: 'COL055',
  inject: (plan) => ({
    ...withFiles(plan, {
      [FILE]: `import socket

_server = socket.socket()
_server.bind(("127.0.0.1", 0))
_server.listen(1)
_client = socket.create_connection(_server.getsockname())
_client.recv(1)


${PASSES}`,
    }),
    timeoutMs: PATIENCE_MS,
  }),
  applied: ({ outcome }) =>
    outcome.kind === 'timed-out' && outcome.at.path?.endsWith(FILE) === true
      ? `it stood still at ${FILE} until it was ended`
      : undefined,
};

const nothingLeft: ProjectFault = {
  id: 'selects-no-test',
  breaks: 'the selection takes every test away',
  raises: 'COL053',
  inject: (plan) => ({ ...plan, extraArgs: ['-k', 'seaworthy_test_that_is_not_there'] }),
  applied: ({ outcome, tests }) =>
    outcome.kind === 'nothing-collected'
      ? `${tests.deselected} of ${tests.found} tests were deselected`
      : undefined,
};

/** Ways in which the collection of a project can break. The user's own files are never touched. */
export const projectFaults: readonly ProjectFault[] = [
  brokenFile,
  brokenConftest,
  vanishing,
  hanging,
  nothingLeft,
];
