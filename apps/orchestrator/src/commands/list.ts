import type { Footprint, Missing } from '@seaworthy/scenario';
import { formatBytes, printable, wrapIndented } from '@seaworthy/reports';
import { EXIT } from '../exit-code.ts';
import { styleFor } from '../options/style.ts';
import { prepare } from '../scenarios/preparation.ts';
import type { PreparationOptions } from '../scenarios/preparation.ts';
import type { Surroundings } from '../surroundings.ts';
import { openToolWorkspace } from '../workspace/open-tool-workspace.ts';
import { bold, dim, green, yellow } from './paint.ts';

export interface ListOptions extends PreparationOptions {
  readonly json: boolean;
  readonly color: boolean | undefined;
}

interface Listed {
  readonly id: string;
  readonly title: string;
  readonly catches: string;
  readonly tags: readonly string[];
  readonly findings: readonly string[];
  readonly faults: number;
  readonly needs: Footprint;
  readonly runsHere: boolean;
  readonly missing?: Missing;
}

/** Shows the scenarios, what each catches, and whether it can run here. */
export async function list(options: ListOptions, surroundings: Surroundings): Promise<number> {
  const { stdout, stderr } = surroundings;
  const preparation = await prepare(options, surroundings);
  await using workspace = await openToolWorkspace(surroundings);
  const { environment } = await preparation.surroundings(workspace);
  const listed = preparation.selected.map((scenario): Listed => {
    const missing = scenario.requires?.(environment);
    return {
      id: scenario.id,
      title: scenario.title,
      catches: scenario.catches,
      tags: scenario.tags,
      findings: Object.keys(scenario.findings),
      faults: scenario.faults.length,
      needs: scenario.footprint,
      runsHere: missing === undefined,
      ...(missing === undefined ? {} : { missing }),
    };
  });
  if (options.json) stdout.write(`${JSON.stringify(listed, undefined, 2)}\n`);
  else {
    const { color, width } = styleFor(stdout, surroundings, options.color);
    for (const { id, title, catches, tags, findings, faults, needs, missing } of listed) {
      const here =
        missing === undefined
          ? green('runs here', color)
          : yellow(field(`needs ${printable(missing.what)}: ${printable(missing.how)}`, width), color);
      stdout.write(
        `${bold(id, color)}  ${wrapIndented(title, width - Math.max(LABEL, id.length + 2), LABEL)}\n  catches  ${field(catches, width)}\n  needs    ${needed(needs)}\n  here     ${here}\n` +
          `  ${dim(`findings ${field(`${findings.join(' ')}; ${String(faults)} faults to prove it; tags ${tags.join(' ') || '-'}`, width)}`, color)}\n\n`,
      );
    }
  }
  if (listed.length > 0) return EXIT.passed;
  stderr.write('seaworthy: no scenario is selected.\n');
  return EXIT.nothingSelected;
}

const LABEL = 11;

/** Text after a label. */
function field(text: string, width: number): string {
  return wrapIndented(text, width - LABEL, LABEL);
}

function needed({ cores, memoryBytes, exclusive = false }: Footprint): string {
  const alone = exclusive ? ', and the machine to itself' : '';
  return `${String(cores)} core${cores === 1 ? '' : 's'}, ${formatBytes(memoryBytes)} of memory${alone}`;
}
