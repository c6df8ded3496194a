import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';

const program = join(import.meta.dirname, '../src/ensure-engine.ts');

describe('ensure-engine', () => {
  it('names the engine that answers', async () => {
    const { stdout } = await execa`${process.execPath} ${program}`;
    expect(stdout).toMatch(/^Container engine: (?:Docker|Podman) \d\S* at \S+/);
  });

  it('starts none beside a DOCKER_HOST that does not answer, and explains', async () => {
    const DOCKER_HOST = 'tcp://127.0.0.1:1';
    const { exitCode, stderr } = await execa({
      reject: false,
      env: { DOCKER_HOST },
    })`${process.execPath} ${program}`;
    expect(exitCode).toBe(1);
    expect(stderr).toBe(
      [
        'The tests need a container engine, and none answers.',
        '  DOCKER_HOST (tcp://127.0.0.1:1): connect ECONNREFUSED 127.0.0.1:1',
        'DOCKER_HOST names it: start that engine, or unset DOCKER_HOST to use another one.',
      ].join('\n'),
    );
  });
});
