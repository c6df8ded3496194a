import { projectPath } from '../parts/project-path.ts';
import type { FindCause } from './cause-input.ts';

/** pytest follows symbolic links to folders: what it meets twice it collects twice. */
export const symlinkLoop: FindCause = ({ profile, project }) => {
  const show = projectPath(profile.root);
  return (project?.links ?? []).map(({ path, target, loop }) => ({
    id: 'symlink-loop' as const,
    message: loop
      ? `${show(path)} is a symbolic link to ${show(target)}, which it lies in: pytest walks round until the system stops it`
      : `${show(path)} is a symbolic link to ${show(target)}: its tests are collected twice`,
    certainty: 'certain' as const,
    evidence: [`real path of ${show(path)}: ${target}`],
    fix: `ignore the link: --ignore=${show(path)} in addopts, or its name in norecursedirs`,
    location: { path: show(path) },
  }));
};
