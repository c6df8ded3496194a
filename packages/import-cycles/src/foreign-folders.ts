/** Folders of installed packages and compiled files, in projects of either language. */
const FOREIGN: ReadonlySet<string> = new Set([
  'node_modules',
  '__pycache__',
  '__pypackages__',
  'site-packages',
  'dist-packages',
]);

/** Whether a folder below a root belongs to others than the project, by its name: those above, and hidden ones. */
export function isForeignFolder(name: string): boolean {
  return FOREIGN.has(name) || (name.startsWith('.') && name.length > 1);
}

/** Whether a folder is an environment of venv, virtualenv or conda, whatever its name. */
export function isEnvironment(has: (file: string) => boolean): boolean {
  return has('pyvenv.cfg') || has('conda-meta');
}
