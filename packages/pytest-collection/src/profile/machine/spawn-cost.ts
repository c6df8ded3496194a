import { execa } from 'execa';

/** Python before 3.9, and many programs still, close every descriptor that there could be before they start another. */
const ASK = `
import subprocess, sys, time
start = time.perf_counter()
subprocess.call([sys.executable, '-S', '-c', ''], close_fds=True)
closed = time.perf_counter() - start
start = time.perf_counter()
subprocess.call([sys.executable, '-S', '-c', ''], close_fds=False)
print(max(0.0, closed - (time.perf_counter() - start)) * 1000)
`;

/** What closing descriptors adds to starting a program from Python, ms; `undefined` where it could not be asked. */
export async function measureSpawn(python: string, signal?: AbortSignal): Promise<number | undefined> {
  const { stdout, failed } = await execa(python, ['-S', '-c', ASK], {
    reject: false,
    timeout: 60_000,
    ...(signal !== undefined && { cancelSignal: signal }),
  });
  const ms = Number.parseFloat(stdout);
  return failed || Number.isNaN(ms) ? undefined : ms;
}
