import { PHASE_HOOKS } from '../../outcome/phase-hooks.ts';
import type { PhaseName, Recording } from '../../model/recording.ts';
import { projectPath } from '../parts/project-path.ts';
import { blankSource, lineAt } from '../source/blank-source.ts';
import type { ReadSource } from '../source/read-source.ts';
import { isForeign } from './import-path.ts';

export interface HookPlace {
  readonly hook: string;
  /** As a profile writes it. */
  readonly path: string;
  readonly line: number;
}

/** The hooks of a phase that the project's own conftests and plugins have: whose code may have run in it. */
export function hookPlaces(
  phase: PhaseName,
  { conftests, pytest }: Recording,
  { root, readSource }: { readonly root: string; readonly readSource: ReadSource },
): HookPlace[] {
  const plugins = (pytest?.plugins ?? []).flatMap(({ path }) => (path === undefined ? [] : [path]));
  const files = new Set([...conftests.map(({ path }) => path), ...plugins]);
  const show = projectPath(root);
  return [...files]
    .filter((file) => !isForeign(file, root))
    .flatMap((file) => {
      const source = readSource(file);
      return source === undefined
        ? []
        : PHASE_HOOKS[phase].flatMap((hook) => {
            const line = lineOfFunction(source, hook);
            return line === undefined ? [] : [{ hook, path: show(file), line }];
          });
    });
}

function lineOfFunction(source: string, name: string): number | undefined {
  const match = new RegExp(`^[ \\t]*(?:async[ \\t]+)?def[ \\t]+${name}\\b`, 'm').exec(blankSource(source));
  return match === null ? undefined : lineAt(source, match.index);
}
