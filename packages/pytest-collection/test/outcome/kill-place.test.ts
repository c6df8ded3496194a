import { describe, expect, test } from 'vitest';
import { killPlace } from '../../src/outcome/kill-place.ts';
import { aRecording } from './an-ending.ts';

const phase = (name: 'configure' | 'collect' | 'modify' | 'exit', atMs: number, wallMs: number) => ({
  name,
  atMs,
  wallMs,
  cpuMs: 0,
  memoryBytes: 0,
});
const module = (name: string, atMs: number, wallMs: number) => ({
  parent: 0,
  kind: 'Module',
  nodeId: name,
  path: `/p/${name}`,
  atMs,
  own: { wallMs, cpuMs: 0, memoryBytes: 0, gcRuns: 0, gcMs: 0 },
  items: 1,
});
const conftest = (path: string, atMs: number, wallMs: number) => ({
  path,
  atMs,
  wallMs,
  cpuMs: 0,
  memoryBytes: 0,
  failed: false,
});
const recording = aRecording({
  phases: [
    phase('configure', 0, 300),
    phase('collect', 300, 500),
    phase('modify', 800, 100),
    phase('exit', 900, 50),
  ],
  conftests: [conftest('/p/conftest.py', 100, 150), conftest('/p/deep/conftest.py', 620, 60)],
  collectors: [
    { ...module('', 300, 5), kind: 'Session', path: '/p' },
    module('test_a.py', 310, 200),
    module('test_b.py', 511, 4),
    module('test_c.py', 515, 90),
    { ...module('deep', 610, 80), kind: 'Dir' },
  ],
  imports: [
    {
      module: 'shop',
      path: '/p/shop.py',
      parent: -1,
      atMs: 400,
      wallMs: 100,
      cpuMs: 0,
      memoryBytes: 0,
      within: '/p/test_a.py',
    },
  ],
  last: { phase: 'exit', atMs: 950 },
});

describe('where pytest was when a child of it was killed', () => {
  test.each([
    ['the file that was open between two looks', 340, 365, { path: '/p/test_a.py', atMs: 365 }],
    ['with what it imported', 450, 475, { path: '/p/test_a.py', importing: 'shop' }],
    ['the first of several that was long enough for a process', 500, 540, { path: '/p/test_a.py' }],
    ['that with most of the time where nobody looked for long', 500, 605, { path: '/p/test_c.py' }],
    ['no file that was too short for one', 512, 530, { path: '/p/test_c.py' }],
    ['the conftest inside of a folder', 640, 660, { path: '/p/deep/conftest.py' }],
    ['a conftest before the collection', 120, 140, { path: '/p/conftest.py', phase: 'configure' }],
  ])('%s', (_, afterMs, byMs, place) => {
    expect(killPlace(recording, { afterMs, byMs })).toMatchObject(place);
  });

  test('only the phase where no file was open', () => {
    expect(killPlace(recording, { afterMs: 820, byMs: 840 })).toEqual({ phase: 'modify', atMs: 840 });
  });

  test('no place at all where nobody looked, least of all the last one', () => {
    expect(killPlace(recording, undefined)).toEqual({ phase: 'collect', atMs: 950 });
  });
});
