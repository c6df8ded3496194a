import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';

const program = join(import.meta.dirname, '../src/ensure-engine.ts');

describe('ensure-engine', () => {
  it('names the engine that answers', async () => {
    const { stdout } = await execa`${process.execPath} --conditions=@seaworthy/source ${program}`;
    expect(stdout).toMatch(/^Container engine: (?:docker|podman) \d\S* \(cgroup version [12]\) by \S+/);
  });

  it('starts none beside a DOCKER_HOST that does not answer, and explains', async () => {
    const DOCKER_HOST = 'tcp://127.0.0.1:1';
    const { exitCode, stderr } = await execa({
      reject: false,
      env: { DOCKER_HOST },
    })`${process.execPath} --conditions=@seaworthy/source ${program}`;
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^No container engine answers\. Start Docker .*\n {2}DOCKER_HOST \(tcp:\/\/127\.0\.0\.1:1\): nothing listens there.*$/,
    );
  });
});
