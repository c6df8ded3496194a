import { openWorkspace } from '@seaworthy/scenario';
import { expect, test } from 'vitest';
import { findStack, startContainer } from '../../src/index.ts';
import { TINY, testEngine } from '../test-engine.ts';

test('the stack is what runs now of a project, by service, and nobody else', async () => {
  const engine = await testEngine();
  await using workspace = await openWorkspace();
  const project = `stack-${workspace.runId}`;
  const start = (service: string, of: string) =>
    startContainer(engine, workspace, {
      image: TINY,
      purpose: service,
      command: ['sleep', '1000'],
      limits: { memoryBytes: 32 * 2 ** 20 },
      labels: { 'com.docker.compose.project': of, 'com.docker.compose.service': service },
    });
  const database = await start('database', project);
  const cache = await start('cache', project);
  await start('database', `${project}-other`);
  const stack = await findStack(engine, project);
  expect(stack.toSorted((a, b) => a.service.localeCompare(b.service))).toEqual([
    { id: cache.id, name: cache.name, service: 'cache' },
    { id: database.id, name: database.name, service: 'database' },
  ]);

  await cache.kill('SIGKILL');
  await cache.exited;
  expect((await findStack(engine, project)).map(({ service }) => service)).toEqual(['database']);
  expect(await findStack(engine, 'a-project-that-is-not-there')).toEqual([]);
}, 60_000);
