import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a program cost, its own children included. */
export interface Cost {
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  /** Largest resident set of one of its processes, in MiB. */
  readonly peakMiB: number;
}

export type Run = { readonly cost: Cost } | { readonly failure: string };

/** Node cannot ask what a child has used; `wait4` can. */
const MEASURE = `
import json, os, signal, sys, time
report, output, limit = sys.argv[1], sys.argv[2], int(sys.argv[3])
start = time.perf_counter()
child = os.fork()
if child == 0:
    os.setsid()
    file = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(file, 1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    os.execvp(sys.argv[4], sys.argv[4:])
signal.signal(signal.SIGALRM, lambda *_: os.killpg(child, signal.SIGKILL))
signal.alarm(limit)
_, status, usage = os.wait4(child, 0)
json.dump({"wall": time.perf_counter() - start, "cpu": usage.ru_utime + usage.ru_stime,
           "peak": usage.ru_maxrss, "code": os.waitstatus_to_exitcode(status)}, open(report, "w"))
`;

/**
 * Runs a command to its end or for at most `limitSeconds`, with its standard output in the file `output`. A program that
 * reports cycles by its exit code has not failed: a signal, or a code above 9, is a failure.
 */
export function measuredRun(
  command: readonly string[],
  options: {
    readonly cwd: string;
    readonly scratch: string;
    readonly output: string;
    readonly limitSeconds: number;
  },
): Run {
  const report = join(options.scratch, 'cost.json');
  const { output, limitSeconds } = options;
  const python = spawnSync('python3', ['-c', MEASURE, report, output, String(limitSeconds), ...command], {
    cwd: options.cwd,
    encoding: 'utf8',
  });
  if (python.status !== 0) return { failure: python.stderr || String(python.error) };
  const { wall, cpu, peak, code } = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>;
  if (code === -9) return { failure: `stopped after ${limitSeconds} s` };
  if (code! < 0 || code! > 9) return { failure: `exit code ${code}` };
  return { cost: { wallSeconds: wall!, cpuSeconds: cpu!, peakMiB: peak! / 1024 } };
}
