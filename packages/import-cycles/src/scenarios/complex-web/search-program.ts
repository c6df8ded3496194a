import { readFile } from 'node:fs/promises';
import { canonicalCycle } from '../finder/canonical-cycle.ts';
import { chooseFinder } from '../finder/choose-finder.ts';
import type { FinderChoice } from '../finder/finder.ts';
import type { WebReading } from './complex-web-observation.ts';

/** What the program prints, as JSON. */
export interface SearchAnswer {
  readonly found: WebReading | null;
  readonly searchMs: number;
  readonly peakBytes: number;
  readonly crash: string | null;
}

/** All elementary cycles of a web of this size are far fewer. */
const CYCLE_LIMIT = 50_000;

/**
 * VmHWM is the peak of this program alone; `maxRSS` may still hold that of the process that started it, so it is only
 * used where the system has nothing better.
 */
async function peakBytes(): Promise<number> {
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1];
  return (kilobytes === undefined ? process.resourceUsage().maxRSS : Number(kilobytes)) * 1024;
}

async function search(folder: string, choice: FinderChoice): Promise<SearchAnswer> {
  const began = performance.now();
  let found: WebReading | null = null;
  let crash: string | null = null;
  try {
    const { report } = await chooseFinder(choice)({
      roots: [folder],
      build: { language: 'python', base: folder },
      analyse: { view: 'import-time', firstImports: 'none', cycleLimit: CYCLE_LIMIT },
    });
    found = {
      imports: report.imports.length,
      knots: report.knots.map((knot) => knot.modules),
      cycles: report.knots.flatMap((knot) => knot.cycles.list.map(canonicalCycle)),
    };
  } catch (error) {
    crash = String(error);
  }
  return { found, crash, searchMs: performance.now() - began, peakBytes: await peakBytes() };
}

const [folder = '.', choice = '{"kind":"complete"}'] = process.argv.slice(2);
process.stdout.write(JSON.stringify(await search(folder, JSON.parse(choice) as FinderChoice)));
