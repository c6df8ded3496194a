import { cpus, tmpdir, totalmem } from 'node:os';
import { printable } from '@seaworthy/reports';
import { loadConfiguration } from '../configuration/load-configuration.ts';
import type { Check } from '../doctor/check.ts';
import { checkEngine } from '../doctor/check-engine.ts';
import { checkDisk } from '../doctor/check-disk.ts';
import { checkMachine } from '../doctor/check-machine.ts';
import { checkPytest, checkPython } from '../doctor/check-python.ts';
import { EXIT } from '../exit-code.ts';
import { readEffectiveLimits } from '../machine/read-limits.ts';
import { styleFor } from '../options/style.ts';
import { projectFolder } from '../project-folder.ts';
import { findProjectPython } from '../python/project-python.ts';
import type { Surroundings } from '../surroundings.ts';
import { ownVersion } from '../version.ts';
import { bold, dim, green, red, yellow } from './paint.ts';

export interface DoctorOptions {
  readonly project: string | undefined;
  readonly config: string | undefined;
  readonly python: string | undefined;
  readonly json: boolean;
  readonly color: boolean | undefined;
}

/** Tells what this machine has of what scenarios need; exit code 3 where they cannot run. */
export async function doctor(options: DoctorOptions, surroundings: Surroundings): Promise<number> {
  const { cwd, env, nodeVersion, stdout } = surroundings;
  const asking = { env, signal: surroundings.interruption() };
  const root = await projectFolder(cwd, options.project);
  const configuration = await loadConfiguration(root, cwd, options.config);
  const [search, engine, disk] = await Promise.all([
    findProjectPython({ root, configuration, option: options.python, all: true }, surroundings),
    checkEngine(asking),
    checkDisk(tmpdir()),
  ]);
  const facts = {
    nodeVersion,
    cores: cpus().length,
    memoryBytes: totalmem(),
    effective: readEffectiveLimits(),
  };
  const [node, ...machine] = checkMachine(facts);
  const checks = [
    node,
    checkPython(search),
    await checkPytest(search.chosen, asking),
    ...machine,
    disk,
    engine,
  ].filter((check) => check !== undefined);
  const ok = checks.every(({ state }) => state !== 'missing');
  if (options.json)
    stdout.write(`${JSON.stringify({ schema: 1, version: ownVersion(), ok, checks }, undefined, 2)}\n`);
  else {
    const { color } = styleFor(stdout, surroundings, options.color);
    stdout.write(
      checks
        .map((check) => checkText(check, color))
        .join('')
        .concat(
          ok
            ? `\n${green('Scenarios can run here.', color)}\n`
            : `\n${red('Scenarios cannot run here.', color)}\n`,
        ),
    );
  }
  return ok ? EXIT.passed : EXIT.environment;
}

const MARKS = { ok: [green, 'ok'], warning: [yellow, '!'], missing: [red, 'x'] } as const;

function checkText({ title, state, found, details = [], how }: Check, color: boolean): string {
  const [paint, mark] = MARKS[state];
  const lines = [
    `${paint(mark.padEnd(2), color)} ${bold(title.padEnd(16), color)} ${printable(found)}`,
    ...details.map((text) => dim(`   ${' '.repeat(16)} ${printable(text)}`, color)),
    ...(how === undefined ? [] : [`   ${' '.repeat(16)} to get it: ${printable(how)}`]),
  ];
  return `${lines.join('\n')}\n`;
}
