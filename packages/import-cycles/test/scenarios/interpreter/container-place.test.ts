import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectEngine, findImage, probePython } from '@seaworthy/container-engine';
import type { ContainerEngine } from '@seaworthy/container-engine';
import { openWorkspace } from '@seaworthy/scenario';
import type { Environment, MeasureContext, Subject, Workspace } from '@seaworthy/scenario';
import { askIn, openPythonPlace } from '../../../src/scenarios/interpreter/python-place.ts';
import { missingSubjectPython } from '../../../src/scenarios/interpreter/requires-python.ts';
import { measureLeak } from '../../../src/scenarios/leak/measure-leak.ts';
import { planLeak } from '../../../src/scenarios/leak/leak-plan.ts';
import { measurePerformance } from '../../../src/scenarios/performance/measure-performance.ts';
import { planPerformance } from '../../../src/scenarios/performance/performance-plan.ts';
import { measureThreads } from '../../../src/scenarios/threads/measure-threads.ts';
import { threadsLimits } from '../../../src/scenarios/threads/threads-limits.ts';
import { planThreads } from '../../../src/scenarios/threads/threads-plan.ts';
import { defaultsOf } from '../environment-of.ts';

const IMAGE = 'seaworthy-test/debian:latest';

type Image = Extract<Subject, { kind: 'image' }>;

let engine: ContainerEngine;
let workspace: Workspace;
let subject: Image;

beforeAll(async () => {
  engine = await connectEngine();
  workspace = await openWorkspace();
  const image = await findImage(engine, IMAGE);
  if (image === undefined)
    throw new Error(`The engine has no image ${IMAGE}: make it with \`npx nx run tools:test-images\``);
  const [python] = await probePython({ engine, workspace, image: image.id, candidates: ['python3'] });
  if (python === undefined) throw new Error(`Expected ${IMAGE} to have Python`);
  subject = {
    kind: 'image',
    endpoint: engine.endpoint,
    image: image.id,
    name: IMAGE,
    limits: { memoryBytes: 256 * 2 ** 20, cpus: 1, pids: 64, readOnlyRoot: true, init: true },
    python,
  };
}, 60_000);

afterAll(async () => {
  const left = await engine.client.listContainers({
    all: true,
    filters: JSON.stringify({ name: [workspace.runId] }),
  });
  await workspace[Symbol.asyncDispose]();
  expect(left.map(({ Names }) => Names)).toEqual([]);
}, 60_000);

/** Without an interpreter on this machine: what passes has run in the image. */
function environment(): Environment {
  return {
    project: { root: '/nowhere' },
    cores: 2,
    memoryBytes: 4e9,
    subject,
    engine: engine.endpoint,
  };
}

function context(): MeasureContext {
  return {
    environment: environment(),
    workspace,
    signal: new AbortController().signal,
    seed: 1,
    progress: () => undefined,
  };
}

describe('in a container of the image', () => {
  it('modules are written, compiled and imported by the image’s interpreter, on a read-only root', async () => {
    await using place = await openPythonPlace(context());
    const folder = await place.writeModules('two', [
      { name: 'bow', source: 'import pack.stern\n' },
      { name: 'pack.stern', source: 'NAME = "größer"\n' },
    ]);
    await place.compile(folder);
    const answer = await askIn<{ executed: number; cached: number; error: null }>(
      place,
      'time_import.py',
      [folder, 'bow'],
      { cwd: folder, timeoutMs: 20_000 },
    );
    expect(answer).toMatchObject({ executed: 2, cached: 2, error: null });
  }, 60_000);

  it('a program that gives no answer in time, or none at all, is told as that', async () => {
    await using place = await openPythonPlace(context());
    const folder = await place.writeModules('slow', [
      { name: 'slow', source: 'import time\ntime.sleep(60)\n' },
      { name: 'gone', source: 'import os\nos._exit(9)\n' },
    ]);
    const options = { cwd: folder, timeoutMs: 1500 };
    const slow = await place.run('time_import.py', [folder, 'slow'], options);
    expect(slow.failure).toBe('time_import.py gave no answer within 1500 ms');
    const gone = await place.run('time_import.py', [folder, 'gone'], { ...options, timeoutMs: 20_000 });
    expect(gone.failure).toBe('time_import.py ended with exit code 9 and no answer');
  }, 60_000);

  it('imports are timed there', async () => {
    const plan = { ...planPerformance(), pairs: { least: 2, most: 2 } };
    const { circular, clean, bodies } = await measurePerformance(plan, context());
    expect([...circular, ...clean].map(({ executed, error }) => [executed, error])).toEqual(
      Array.from({ length: 4 }, () => [4, null]),
    );
    expect(bodies).toHaveLength(4);
  }, 60_000);

  it('threads import there', async () => {
    const plan = planThreads(environment(), defaultsOf(threadsLimits));
    const { trials } = await measureThreads({ ...plan, trials: { least: 3, most: 3 } }, context());
    expect(trials.map(({ outcome }) => outcome)).toEqual(['finished', 'finished', 'finished']);
  }, 60_000);

  it('modules are imported and unloaded there', async () => {
    const { resident, traced } = await measureLeak({ ...planLeak(), warmUp: 1, rounds: 3 }, context());
    expect([resident?.figures.length, traced.figures.length, traced.survivors]).toEqual([4, 4, []]);
  }, 60_000);
});

describe('missingSubjectPython', () => {
  it('asks for an interpreter in the image, whatever this machine has', () => {
    expect(missingSubjectPython(environment())).toBeUndefined();
    const { python: _, ...without } = subject;
    expect(missingSubjectPython({ ...environment(), subject: without })?.what).toBe(
      `a Python interpreter in the image ${IMAGE}`,
    );
    const old = { ...subject, python: { executable: '/usr/bin/python', version: '3.6.9' } };
    expect(missingSubjectPython({ ...environment(), subject: old })?.what).toMatch(/has 3\.6\.9$/);
  });
});
