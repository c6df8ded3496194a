import { once } from 'node:events';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { alone } from '../../src/alone/alone.ts';

const name = `seaworthy-test-alone-${String(process.pid)}`;
const holder = `
  import { alone } from ${JSON.stringify(join(import.meta.dirname, '../../src/alone/alone.ts'))};
  await alone(${JSON.stringify(name)}, async () => {
    console.log('held');
    await new Promise((resolve) => process.stdin.once('end', resolve).resume());
  });
`;

function hold() {
  return execa({ reject: false })`${process.execPath} --input-type=module-typescript --eval ${holder}`;
}

async function isHeld({ stdout }: ReturnType<typeof hold>): Promise<void> {
  await once(stdout, 'data');
}

describe('alone', () => {
  it('waits for another process to end its work', async () => {
    const other = hold();
    await isHeld(other);
    const order: string[] = [];
    const ours = alone(name, () => Promise.resolve(order.push('ours')));
    await new Promise((resolve) => setTimeout(resolve, 300));
    order.push('other');
    other.stdin.end();
    await ours;
    expect(order).toEqual(['other', 'ours']);
    await other;
  });

  it('does not wait for one that was killed in the middle of it', async () => {
    const other = hold();
    await isHeld(other);
    other.kill('SIGKILL');
    expect(await alone(name, () => Promise.resolve('done'))).toBe('done');
    await other;
  });

  it('gives the lock back where the work fails', async () => {
    await expect(alone(name, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await alone(name, () => Promise.resolve('done'))).toBe('done');
  });

  it('does not hold up what has another name', async () => {
    const inner = alone(name, () => alone(`${name}-other`, () => Promise.resolve('both')));
    expect(await inner).toBe('both');
  });
});
