import { join } from 'node:path';
import { execa } from 'execa';

const SLOWLY = join(import.meta.dirname, '../drivers/recorded_slowly.py');
/** How many times longer everything takes under valgrind, about. */
const SLOWER = 20;

/**
 * Instructions of a command, in user space, as valgrind counts them: the same to 0.1 % however busy the machine is.
 * Nothing of the kernel's is in it.
 *
 * @throws where there is no valgrind, or the command does not end with 0
 */
export async function countInstructions(
  [program = '', ...args]: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> },
): Promise<number> {
  const counting = ['--tool=cachegrind', '--cache-sim=no', '--cachegrind-out-file=/dev/null'];
  const { stderr } = await execa('valgrind', [...counting, program, ...slowed(args)], {
    cwd,
    env,
    stdin: 'ignore',
    stdout: 'ignore',
  });
  // A child that was forked tells too, and less.
  const counts = [...stderr.matchAll(/I\s+refs:\s+([\d,]+)/g)].map(([, count = '']) =>
    Number(count.replaceAll(',', '')),
  );
  if (counts.length === 0) throw new Error(`valgrind counted nothing: ${stderr.slice(-1000)}`);
  return Math.max(...counts);
}

/** The recorder is told that time passes slowly. */
function slowed(args: readonly string[]): readonly string[] {
  const recorder = args.findIndex((arg) => arg.endsWith('/collect_main.py'));
  return recorder === -1 ? args : args.toSpliced(recorder, 1, SLOWLY, String(SLOWER));
}
