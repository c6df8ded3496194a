import { describe, expect, it } from 'vitest';
import { likelyTestService } from '../../src/index.ts';
import { mentionsPytest, namedService } from '../../src/subject/test-service.ts';
import { projectOf } from '../compose/written-files.ts';

it.each([
  [['pytest'], true],
  [['python', '-m', 'pytest', '-q'], true],
  [['/opt/venv/bin/pytest'], true],
  [['sh', '-c', 'cd /app && pytest -x; true'], true],
  [['coverage', 'run', '-m', 'py.test'], true],
  [['bash', '-c', "'pytest'"], true],
  [['pip', 'install', 'pytest-xdist'], false],
  [['cat', 'pytest.ini'], false],
  [['run', 'my-pytest'], false],
  [['/pytest/run'], false],
  [[], false],
])('%j runs pytest: %s', (words, expected) => {
  expect(mentionsPytest(words)).toBe(expected);
});

describe('the service that runs the tests', () => {
  it('is the one whose command or entry point says so', async () => {
    const project = await projectOf(
      'services:\n  web: {build: .}\n  check: {image: x, entrypoint: [python, -m, pytest]}\n',
    );
    const chosen = likelyTestService(project, project.folder);
    expect([chosen?.service.name, chosen?.why]).toEqual(['check', 'its command runs pytest']);
  });

  it('is the first of several that a plain start would start, and the others are told', async () => {
    const project = await projectOf(
      'services:\n' +
        '  slow: {image: x, command: pytest slow, profiles: [slow]}\n' +
        '  unit: {image: x, command: pytest unit}\n' +
        '  more: {image: x, command: pytest more}\n',
    );
    const chosen = likelyTestService(project, project.folder);
    expect(chosen?.service.name).toBe('unit');
    expect(chosen?.why).toBe(
      'its command runs pytest, as does that of more (compose.yaml:4:3), slow (compose.yaml:2:3); it is the first one, and project.service names another',
    );
  });

  it('else one that is built from the project', async () => {
    const project = await projectOf(
      'services:\n  db: {image: postgres}\n  other: {build: ./other}\n  app: {build: .}\n',
    );
    expect(likelyTestService(project, project.folder)?.service.name).toBe('app');
    expect(likelyTestService(project, '/elsewhere')).toBeUndefined();
  });

  it('named wrongly is a mistake that tells the nearest', async () => {
    const project = await projectOf('services:\n  tests: {image: x}\n  db: {image: y}\n');
    expect(namedService(project, 'db').service.name).toBe('db');
    expect(() => namedService(project, 'test')).toThrow(
      /^project\.service: there is no service "test" in .*compose\.yaml\. Did you mean "tests"\? It has: tests, db\.$/,
    );
  });
});
