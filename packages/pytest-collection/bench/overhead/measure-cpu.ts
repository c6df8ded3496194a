import { execa } from 'execa';
import { join } from 'node:path';

const DRIVER = join(import.meta.dirname, '../drivers/child_cpu.py');

/**
 * User and system time of a command and its children, ms, as the kernel counts them at their end.
 * @throws where the command does not end with 0
 */
export async function measureCpu(
  python: string,
  command: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> },
): Promise<number> {
  const run = await execa(python, ['-I', DRIVER, ...command], {
    cwd,
    env,
    stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
  });
  const { cpuMs, status } = JSON.parse(String(run.stdio[3])) as { cpuMs: number; status: number };
  if (status !== 0)
    throw new Error(`${command.join(' ')} ended with status ${status}: ${String(run.stderr)}`);
  return cpuMs;
}
