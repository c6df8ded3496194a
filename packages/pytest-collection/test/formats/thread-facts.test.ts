import { expect, it } from 'vitest';
import { tellingFrames, threadTitle } from '../../src/formats/thread-facts.ts';

const frame = (path: string) => ({ path, line: 1, function: 'f' });

it('leaves out the way of pytest and the import system', () => {
  const own = [
    frame('/code/shop/db.py'),
    frame('/usr/lib/python3.12/socket.py'),
    frame('/code/pytest_shop/a.py'),
  ];
  const machinery = [
    frame('<frozen importlib._bootstrap>'),
    frame('/usr/lib/python3.12/importlib/__init__.py'),
    frame('/venv/site-packages/_pytest/python.py'),
    frame('/venv/site-packages/pluggy/_hooks.py'),
    frame('/seaworthy/python/collect_main.py'),
  ];
  expect(tellingFrames({ thread: 'a', frames: [...own, ...machinery] })).toEqual(own);
  expect(tellingFrames({ thread: 'a', frames: machinery })).toEqual(machinery);
});

it('calls the first one the main thread', () => {
  const stack = { thread: '0x7f43', frames: [] };
  expect([threadTitle(stack, 0), threadTitle(stack, 1)]).toEqual(['Main thread', 'Thread 0x7f43']);
});
