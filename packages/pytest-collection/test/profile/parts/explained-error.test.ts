import { expect, test } from 'vitest';
import { explainedError } from '../../../src/profile/parts/explained-error.ts';
import { projectPath } from '../../../src/profile/parts/project-path.ts';
import { ROOT } from '../hand-made.ts';

const path = projectPath(ROOT);
const error = {
  nodeId: 'b/test_x.py',
  path: `${ROOT}/b/test_x.py`,
  raisedIn: '/lib/_pytest/pathlib.py',
  line: 530,
  type: 'ImportPathMismatchError',
  message: `('test_x', '${ROOT}/a/test_x.py', PosixPath('${ROOT}/b/test_x.py'))`,
  traceback: 'import file mismatch: ...',
};

test('two test files of one name are told in plain words, with what to do', () => {
  for (const message of [error.message, error.message.replace('PosixPath', 'local')])
    expect(explainedError({ ...error, message }, path)).toEqual({
      nodeId: 'b/test_x.py',
      path: 'b/test_x.py',
      type: 'ImportPathMismatchError',
      message:
        'b/test_x.py was not collected, because a/test_x.py is a module of the same name already: rename one of the two test_x.py, put an __init__.py into their folders, or use --import-mode=importlib',
      traceback: 'import file mismatch: ...',
    });
});

test('an error of another kind, or in words of another pytest, keeps its own', () => {
  expect(explainedError({ ...error, message: 'no tuple' }, path)).toMatchObject({ message: 'no tuple' });
  expect(explainedError({ ...error, type: 'ImportError' }, path)).toMatchObject({
    message: error.message,
    raisedIn: '/lib/_pytest/pathlib.py',
  });
});
