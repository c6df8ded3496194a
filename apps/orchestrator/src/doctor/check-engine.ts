import type { Check } from './check.ts';

const ENGINES = ['docker', 'podman'] as const;

interface Engine {
  readonly name: string;
  readonly state: 'answers' | 'does not answer' | 'not installed';
  readonly version?: string;
}

/** Whether a container engine is here. No scenario needs one yet. */
export async function checkEngine(env: Readonly<Record<string, string | undefined>>): Promise<Check> {
  const engines = await Promise.all(ENGINES.map((name) => askEngine(name, env)));
  const shown = engines.filter(({ state }) => state !== 'not installed');
  const found = shown.map(({ name, state, version }) => `${name} ${version ?? state}`).join(', ');
  return {
    id: 'engine',
    title: 'Container engine',
    state: 'ok',
    found: `${found === '' ? 'none' : found} (no scenario needs one)`,
    data: engines.map(({ name, state, version }) => ({ name, state, version: version ?? null })),
  };
}

async function askEngine(name: string, env: Readonly<Record<string, string | undefined>>): Promise<Engine> {
  const { execa } = await import('execa');
  const { failed, code, stdout } = await execa(name, ['version', '--format', '{{.Server.Version}}'], {
    env: { ...env },
    extendEnv: false,
    stdin: 'ignore',
    timeout: 5_000,
    forceKillAfterDelay: 500,
    reject: false,
  });
  if (code === 'ENOENT' || code === 'EACCES') return { name, state: 'not installed' };
  const version = stdout.trim();
  return failed || version === '' ? { name, state: 'does not answer' } : { name, state: 'answers', version };
}
