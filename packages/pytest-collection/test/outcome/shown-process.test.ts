import { expect, test } from 'vitest';
import { shownProcess } from '../../src/outcome/shown-process.ts';

test.each([
  ['sleep 60', 'sleep 60'],
  [
    '/usr/bin/python3 /x/python/collect_main.py --rows /tmp/rows --detail files --',
    'a fork of pytest itself',
  ],
  [
    '/bin/sh -c "$@" | cat sh /usr/bin/python3 /x/collect_main.py --rows /tmp/rows',
    "the shell of pytest's pipe",
  ],
  ['python3 -c import time\ntime.sleep(9)', 'python3 -c import time ...'],
  ['x'.repeat(161), `${'x'.repeat(160)} ...`],
])('%j is shown as %j', (command, shown) => expect(shownProcess(command)).toBe(shown));
