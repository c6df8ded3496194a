import type { ContainerEngine } from '../model/engine.ts';

const PROJECT_LABEL = 'com.docker.compose.project';
const SERVICE_LABEL = 'com.docker.compose.service';

/** A running container of a compose project, which somebody else made: to be looked at, and never to be changed. */
export interface StackContainer {
  readonly id: string;
  readonly name: string;
  /** Service of the compose file. */
  readonly service: string;
}

/**
 * The stack of a compose project: its containers that run now, known by the labels that compose gives them.
 *
 * @param projectName as compose writes it: `ComposeProject.name`.
 * @throws where the engine does not answer.
 */
export async function findStack(
  { client }: ContainerEngine,
  projectName: string,
): Promise<readonly StackContainer[]> {
  const found = await client.listContainers({
    filters: JSON.stringify({ label: [`${PROJECT_LABEL}=${projectName}`], status: ['running'] }),
  });
  return found.map(({ Id, Names, Labels }) => ({
    id: Id,
    name: (Names[0] ?? Id).replace(/^\//, ''),
    service: Labels[SERVICE_LABEL] ?? '',
  }));
}
