import { cpus, totalmem } from 'node:os';
import { SubjectUnavailable } from '@seaworthy/container-engine';
import { UsageError } from '@seaworthy/scenario';
import type { Environment, PythonInterpreter } from '@seaworthy/scenario';
import { printable, wrapIndented } from '@seaworthy/reports';
import { loadConfiguration } from '../configuration/load-configuration.ts';
import type { Check } from '../doctor/check.ts';
import { checkEngine } from '../doctor/check-engine.ts';
import { checkFreeMemory } from '../doctor/check-free-memory.ts';
import { checkSubject, checkTier, noSubject } from '../doctor/check-subject.ts';
import { checkDisk } from '../doctor/check-disk.ts';
import { checkMachine } from '../doctor/check-machine.ts';
import { checkMemoryLimit } from '../doctor/check-memory-limit.ts';
import { checkPytest, checkPython } from '../doctor/check-python.ts';
import { EXIT } from '../exit-code.ts';
import { readEffectiveLimits } from '../machine/read-limits.ts';
import { styleFor } from '../options/style.ts';
import { projectFolder } from '../project-folder.ts';
import { findProjectPython } from '../python/project-python.ts';
import type { ProjectPythonOptions } from '../python/project-python.ts';
import { exhaustionSettings } from '../scenarios/exhaustion-settings.ts';
import { findEngine } from '../subject/find-engine.ts';
import { findProjectSubject } from '../subject/project-subject.ts';
import type { ProjectSubjectOptions } from '../subject/project-subject.ts';
import type { SubjectChoice } from '../subject/subject-settings.ts';
import { findVictimTier } from '../subject/victim-tier.ts';
import type { VictimTier } from '../subject/victim-tier.ts';
import type { Surroundings } from '../surroundings.ts';
import { ownVersion } from '../version.ts';
import { openToolWorkspace, temporaryFolder } from '../workspace/open-tool-workspace.ts';
import { bold, dim, green, red, yellow } from './paint.ts';

export interface DoctorOptions {
  readonly project: string | undefined;
  readonly config: string | undefined;
  readonly python: string | undefined;
  /** `--subject` */
  readonly subject: SubjectChoice | undefined;
  readonly json: boolean;
  readonly color: boolean | undefined;
}

/** Tells what this machine has of what scenarios need; exit code 3 where they cannot run. */
export async function doctor(options: DoctorOptions, surroundings: Surroundings): Promise<number> {
  const { cwd, nodeVersion, stdout } = surroundings;
  const root = await projectFolder(cwd, options.project);
  const configuration = await loadConfiguration(root, cwd, options.config);
  const facts = {
    nodeVersion,
    cores: cpus().length,
    memoryBytes: totalmem(),
    effective: readEffectiveLimits(),
  };
  const [node, ...machine] = checkMachine(facts);
  const disk = await checkDisk(temporaryFolder(surroundings));
  const { python, pytest, memoryLimit, engine, subject, tier } =
    disk.state === 'ok'
      ? await checkPrograms(
          { root, configuration, option: options.python, all: true },
          options.subject,
          surroundings,
        )
      : notAsked();
  const freeMemory = checkFreeMemory(exhaustionSettings(configuration).keepFreeBytes);
  const checks = [
    node,
    python,
    pytest,
    ...machine,
    freeMemory,
    memoryLimit,
    disk,
    engine,
    subject,
    tier,
  ].filter((check) => check !== undefined);
  const ok = checks.every(({ state }) => state !== 'missing');
  if (options.json)
    stdout.write(`${JSON.stringify({ schema: 1, version: ownVersion(), ok, checks }, undefined, 2)}\n`);
  else {
    const { color, width } = styleFor(stdout, surroundings, options.color);
    stdout.write(
      checks
        .map((check) => checkText(check, color, width))
        .join('')
        .concat(
          ok ? `\n${canRun(freeMemory, tier, color)}\n` : `\n${red('Scenarios cannot run here.', color)}\n`,
        ),
    );
  }
  return ok ? EXIT.passed : EXIT.environment;
}

/** Without room, or a place, for victims, all but those that need them can. */
function canRun(freeMemory: Check, tier: Check, color: boolean): string {
  const { state, data } = tier;
  const noPlace = state !== 'ok' && (data as { tier?: unknown } | null)?.tier === null;
  if (freeMemory.state === 'ok' && !noPlace) return green('Scenarios can run here.', color);
  const lacks = freeMemory.state === 'ok' ? 'a place for victims' : 'more free memory';
  return yellow(`Scenarios can run here, but for those that need ${lacks}.`, color);
}

interface ProgramChecks {
  readonly python: Check;
  readonly pytest: Check;
  readonly memoryLimit: Check;
  readonly engine: Check;
  readonly subject: Check;
  readonly tier: Check;
}

/** What is found out by running programs. */
async function checkPrograms(
  wanted: Omit<ProjectPythonOptions, 'workspace'>,
  option: SubjectChoice | undefined,
  surroundings: Surroundings,
): Promise<ProgramChecks> {
  await using workspace = await openToolWorkspace(surroundings);
  const asking = { workspace, env: surroundings.env, signal: surroundings.interruption() };
  const search = await findProjectPython({ ...wanted, workspace }, surroundings);
  const { root, configuration } = wanted;
  const found = await lookForSubject({ root, configuration, option, workspace }, search.chosen, surroundings);
  return {
    python: checkPython(search),
    pytest: await checkPytest(search.chosen, asking),
    memoryLimit: await checkMemoryLimit(workspace),
    ...found,
  };
}

/** What is wrong with a compose file or an image is told here, instead of stopping at it. */
async function lookForSubject(
  options: ProjectSubjectOptions,
  python: PythonInterpreter | undefined,
  surroundings: Surroundings,
): Promise<Pick<ProgramChecks, 'engine' | 'subject' | 'tier'>> {
  const { root, configuration, workspace } = options;
  const { cores, memoryBytes } = readEffectiveLimits();
  const tierOf = (place: Pick<Environment, 'subject' | 'engine'>): Promise<VictimTier> =>
    findVictimTier(
      {
        environment: {
          project: { root },
          cores,
          memoryBytes,
          ...place,
          ...(python === undefined ? {} : { python }),
        },
        workspace,
        signal: surroundings.interruption(),
      },
      exhaustionSettings(configuration),
    );
  try {
    const subject = await findProjectSubject(options, surroundings);
    const { engine } = subject.engineSearch;
    return {
      engine: checkEngine(subject.engineSearch),
      subject: checkSubject(subject),
      tier: checkTier(
        await tierOf({
          subject: subject.subject,
          ...(engine === undefined ? {} : { engine: engine.endpoint }),
        }),
      ),
    };
  } catch (error) {
    if (!(error instanceof UsageError) && !(error instanceof SubjectUnavailable)) throw error;
    return {
      engine: checkEngine(await findEngine(surroundings)),
      subject: noSubject(error.message),
      tier: checkTier(await tierOf({ subject: { kind: 'host' } })),
    };
  }
}

/** Programs are run in a workspace on the disk, so without one there is nothing to say of them. */
function notAsked(): ProgramChecks {
  const check = {
    state: 'warning',
    found: 'not looked at: there is no place for temporary files',
    data: null,
  } as const;
  return {
    python: { id: 'python', title: 'Python', ...check },
    pytest: { id: 'pytest', title: 'pytest', ...check },
    memoryLimit: { id: 'memory-limit', title: 'Memory limits', ...check },
    engine: { id: 'engine', title: 'Container engine', ...check },
    subject: { id: 'subject', title: 'Subject', ...check },
    tier: { id: 'tier', title: 'Victims', ...check },
  };
}

const MARKS = { ok: [green, 'ok'], warning: [yellow, '!'], missing: [red, 'x'] } as const;

/** Columns before what was found. */
const LABEL = 20;

function checkText({ title, state, found, details = [], how }: Check, color: boolean, width: number): string {
  const field = (text: string): string => wrapIndented(printable(text), Math.max(20, width - LABEL), LABEL);
  const [paint, mark] = MARKS[state];
  const lines = [
    `${paint(mark.padEnd(2), color)} ${bold(title.padEnd(16), color)} ${field(found)}`,
    ...details.map((text) => dim(`   ${' '.repeat(16)} ${field(text)}`, color)),
    ...(how === undefined ? [] : [`   ${' '.repeat(16)} ${field(`to get it: ${how}`)}`]),
  ];
  return `${lines.join('\n')}\n`;
}
