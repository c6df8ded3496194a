import { machine as kernelMachine, totalmem } from 'node:os';
import type { Workspace } from '@seaworthy/scenario';
import type { CollectionRunner } from '../../model/collection-runner.ts';
import type { Recording } from '../../model/recording.ts';
import { defined, type MachineFacts } from '../machine-facts.ts';
import { declaredInit } from '../machine/declared-init.ts';
import { descriptorsIn } from '../machine/descriptor-limit.ts';
import { parseElf } from '../machine/elf-facts.ts';
import { mountIn } from '../machine/mounts.ts';
import { emulationOf } from '../machine/processor.ts';
import { medianLook } from '../machine/stat-cost.ts';
import type { FileView } from '../project/file-view.ts';
import type { ReadSource } from '../source/read-source.ts';
import type { Answer } from './answer.ts';
import { askAbout } from './ask-about.ts';

type Elsewhere = NonNullable<CollectionRunner['elsewhere']>;

/** What was seen where pytest ran, which is not here. */
export interface SeenElsewhere {
  readonly machine: MachineFacts;
  readonly files: FileView;
  readonly readSource: ReadSource;
}

export interface ElsewherePlace {
  readonly recording: Recording;
  readonly root: string;
  readonly python: string;
  readonly workspace: Workspace;
  readonly signal?: AbortSignal;
}

/**
 * Looks at the place where a recording was made, by a program that runs there; `undefined` where none can be run, or where
 * it does not answer: the profile is worth having without it.
 *
 * @throws the reason of the signal when it fires
 */
export async function lookElsewhere(
  { look, start }: Elsewhere,
  { recording, root, python, workspace, signal }: ElsewherePlace,
): Promise<SeenElsewhere | undefined> {
  const seen = await look?.({
    program: 'look_around.py',
    question: askAbout(recording, root, python),
    workspace,
    ...(signal === undefined ? {} : { signal }),
  });
  if (seen === undefined) return undefined;
  const answer = seen.answer as Answer;
  return {
    machine: machineFacts(answer, { root, limits: seen.limits, start }),
    files: filesIn(answer),
    readSource: (path) => answer.texts[path]?.replace(/^\uFEFF/, ''),
  };
}

interface Around {
  readonly root: string;
  readonly limits: { readonly cpus?: number; readonly memoryBytes?: number };
  readonly start: Elsewhere['start'];
}

/** The same facts as of this machine. A container shares the kernel and the memory with it, whatever it is told of them. */
function machineFacts({ machine }: Answer, { root, limits, start }: Around): MachineFacts {
  const { limits: text, mountinfo, cpuinfo = '', program, sharedMemoryBytes, spawnMs } = machine;
  const elf = program === undefined ? undefined : parseElf(Buffer.from(program, 'base64'));
  return {
    ...defined({
      descriptors: text === undefined ? undefined : descriptorsIn(text),
      spawnMs,
      sharedMemoryBytes,
      init: start === undefined ? undefined : declaredInit(start),
      libc: elf?.libc,
      mount: mountinfo === undefined ? undefined : mountIn(mountinfo, root),
      statMicroseconds: medianLook(machine.statMicroseconds),
      emulation: emulationOf({ cpuinfo, machine: kernelMachine(), program: elf?.machine }),
    }),
    cpus: {
      visible: machine.processors,
      ...(limits.cpus === undefined ? {} : { quota: limits.cpus }),
    },
    memory: {
      totalBytes: totalmem(),
      ...(limits.memoryBytes === undefined ? {} : { limitBytes: limits.memoryBytes }),
    },
  };
}

function filesIn({ exist, unwritable, real, listings }: Answer): FileView {
  const there = new Set(exist);
  const notWritten = new Set(unwritable);
  return {
    exists: (path) => there.has(path),
    isWritable: (folder) => !notWritten.has(folder),
    realPath: (path) => real[path],
    entries: (folder) => {
      const { folders = [], others = [] } = listings[folder] ?? {};
      return [
        ...folders.map((name) => ({ name, isFolder: true })),
        ...others.map((name) => ({ name, isFolder: false })),
      ];
    },
  };
}
