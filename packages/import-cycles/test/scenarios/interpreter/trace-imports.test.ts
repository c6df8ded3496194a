import { describe, expect, it } from 'vitest';
import { executedCycle } from '../../../src/scenarios/interpreter/trace-imports.ts';
import type { ImportStep } from '../../../src/scenarios/interpreter/trace-imports.ts';

const trace = (...steps: ImportStep[]) => ({ steps, bodies: [], error: null });
const start = (module: string): ImportStep => ({ event: 'start', module });
const end = (module: string): ImportStep => ({ event: 'end', module });
const again = (module: string): ImportStep => ({ event: 'again', module, by: 'x' });

describe('executedCycle', () => {
  it('begins at the module that is met again', () => {
    expect(executedCycle(trace(start('a'), start('b'), start('c'), again('b')))).toEqual(['b', 'c']);
  });

  it('leaves out modules that have ended', () => {
    expect(executedCycle(trace(start('a'), start('b'), end('b'), start('c'), again('a')))).toEqual([
      'a',
      'c',
    ]);
  });

  it('is nothing where no module is met again', () => {
    expect(executedCycle(trace(start('a'), start('b'), end('b'), end('a')))).toBeUndefined();
  });
});
