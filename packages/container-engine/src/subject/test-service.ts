import type { ComposeProject, ComposeService } from '../compose/compose-project.ts';
import { UsageError, nearestName } from '@seaworthy/scenario';
import { shownPlace } from '../compose/values/mistake.ts';

/** A service that was taken for the one that runs pytest, and why. */
export interface ChosenService {
  readonly service: ComposeService;
  readonly why: string;
}

/**
 * The service that the configuration names.
 *
 * @throws UsageError `UNKNOWN_SERVICE`
 */
export function namedService({ services, files }: ComposeProject, name: string): ChosenService {
  const service = services.find((candidate) => candidate.name === name);
  if (service !== undefined) return { service, why: 'the configuration names it' };
  const names = services.map((candidate) => candidate.name);
  const nearest = nearestName(name, names);
  throw new UsageError(
    'UNKNOWN_SERVICE',
    `project.service: there is no service ${JSON.stringify(name)} in ${files[0] ?? 'the compose files'}.` +
      `${nearest === undefined ? '' : ` Did you mean ${JSON.stringify(nearest)}?`} It has: ${names.join(', ') || 'none'}.`,
  );
}

/** The service whose command or entry point runs pytest; of several, one that `docker compose up` starts, then the first. */
export function serviceThatRunsPytest({ services }: ComposeProject): ChosenService | undefined {
  const found = services.filter(({ command, entrypoint }) =>
    mentionsPytest([...(entrypoint?.value ?? []), ...(command?.value ?? [])]),
  );
  return firstOf(found, 'its command runs pytest');
}

/** The service that runs pytest, as far as the files alone tell: one whose command says so, or one that is built from the project. */
export function likelyTestService(project: ComposeProject, root: string): ChosenService | undefined {
  return serviceThatRunsPytest(project) ?? firstOf(builtHere(project, root), 'it is built from this project');
}

/** Services whose image is built from the project's own folder. */
export function builtHere({ services }: ComposeProject, root: string): readonly ComposeService[] {
  return services.filter(({ build }) => build?.context === root);
}

/** @param why what makes all of them candidates. */
export function firstOf(found: readonly ComposeService[], why: string): ChosenService | undefined {
  const [service, ...others] = [
    ...found.filter(({ active }) => active),
    ...found.filter(({ active }) => !active),
  ];
  if (service === undefined) return undefined;
  if (others.length === 0) return { service, why };
  const rest = others.map(({ name, at }) => `${name} (${shownPlace(at)})`).join(', ');
  return {
    service,
    why: `${why}, as does that of ${rest}; it is the first one, and project.service names another`,
  };
}

/** Whether a command line starts pytest, alone or inside of a shell's line. */
export function mentionsPytest(words: readonly string[]): boolean {
  return words.some((word) => /(?:^|[\s/;&|("'])(?:pytest|py\.test)(?![\w./-])/.test(word));
}
