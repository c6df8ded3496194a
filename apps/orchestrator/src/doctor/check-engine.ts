import { askProgram } from '../programs/ask-program.ts';
import type { Asking } from '../programs/ask-program.ts';
import type { Check } from './check.ts';

const ENGINES = ['docker', 'podman'] as const;

interface Engine {
  readonly name: string;
  readonly state: 'answers' | 'does not answer' | 'not installed';
  readonly version?: string;
}

/** Whether a container engine is here. No scenario needs one yet. */
export async function checkEngine(options: Asking): Promise<Check> {
  const engines = await Promise.all(ENGINES.map((name) => askEngine(name, options)));
  const shown = engines.filter(({ state }) => state !== 'not installed');
  const found = shown
    .map(({ name, state, version }) =>
      version === undefined ? `${name} is installed, its service ${state}` : `${name} ${version}`,
    )
    .join(', ');
  return {
    id: 'engine',
    title: 'Container engine',
    state: 'ok',
    found: `${found === '' ? 'none' : found} (no scenario needs one)`,
    data: engines.map(({ name, state, version }) => ({ name, state, version: version ?? null })),
  };
}

async function askEngine(name: string, options: Asking): Promise<Engine> {
  const question = ['version', '--format', '{{.Server.Version}}'];
  const { stdout, exitCode, notStarted } = await askProgram(name, question, {
    ...options,
    cwd: '/',
    timeoutMs: 5_000,
  });
  if (notStarted !== undefined) return { name, state: 'not installed' };
  const version = stdout.trim();
  return exitCode !== 0 || version === ''
    ? { name, state: 'does not answer' }
    : { name, state: 'answers', version };
}
