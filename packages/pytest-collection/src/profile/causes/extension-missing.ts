import { projectPath } from '../parts/project-path.ts';
import type { FindCause } from './cause-input.ts';

/** Python says "most likely due to a circular import" of a name that is not there at all: an extension that was not built. */
export const extensionMissing: FindCause = ({ profile, project }) => {
  const show = projectPath(profile.root);
  return (project?.names ?? [])
    .filter(({ exists }) => !exists)
    .filter(
      ({ name, otherBuilds, sources }) =>
        otherBuilds.length > 0 || sources.length > 0 || name.startsWith('_'),
    )
    .map(({ name, module, folder, otherBuilds, sources }) => ({
      id: 'extension-missing' as const,
      message: `"cannot import name '${name}' from partially initialized module '${module}'" is no circular import: ${module}.${name} is an extension that was not built for this interpreter`,
      certainty: otherBuilds.length > 0 || sources.length > 0 ? ('certain' as const) : ('likely' as const),
      evidence: [
        `no module ${name} in ${show(folder)}, and ${module} binds no such name`,
        ...otherBuilds.map((file) => `built for another interpreter: ${file}`),
        ...sources.map((file) => `to be built from ${file}`),
      ],
      fix:
        otherBuilds.length > 0
          ? "build it again with this interpreter: `pip install -e .`, and do not mount another one's build over it"
          : 'build it: `pip install -e .` or `python setup.py build_ext --inplace`',
      location: { path: `${show(folder) === '.' ? '' : `${show(folder)}/`}__init__.py` },
    }));
};
