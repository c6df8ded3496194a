import type { ComposeProject } from '../compose/compose-project.ts';
import type { ContainerEngine } from '../model/engine.ts';
import { findServiceImage } from './image-of-service.ts';
import {
  builtHere,
  firstOf,
  likelyTestService,
  mentionsPytest,
  serviceThatRunsPytest,
} from './test-service.ts';
import type { ChosenService } from './test-service.ts';

/**
 * The service that runs pytest: one whose command says so in the file, or whose image does where the file gives no command,
 * or one that is built from the project. Starts no container.
 *
 * @param engine asked for the images; without one, only what is written counts.
 * @throws EngineError
 */
export async function findTestService(
  engine: ContainerEngine | undefined,
  project: ComposeProject,
  root: string,
): Promise<ChosenService | undefined> {
  const written = serviceThatRunsPytest(project);
  if (written !== undefined) return written;
  return (
    (engine === undefined ? undefined : await serviceWhoseImageRunsPytest(engine, project, root)) ??
    likelyTestService(project, root)
  );
}

/**
 * The service whose image runs pytest by its own entry point and command; one that is built from the project comes before
 * one whose image is only named.
 *
 * @throws EngineError
 */
export async function serviceWhoseImageRunsPytest(
  engine: ContainerEngine,
  project: ComposeProject,
  root: string,
): Promise<ChosenService | undefined> {
  const built = builtHere(project, root);
  const named = project.services.filter((service) => !built.includes(service));
  for (const services of [built, named]) {
    const running = [];
    for (const service of services) {
      // What the file gives was looked at already; an entry point of the file takes the image's command away.
      if (service.command !== undefined || service.entrypoint !== undefined) continue;
      const image = (await findServiceImage(engine, project, service))?.image;
      if (image !== undefined && mentionsPytest([...image.entrypoint, ...image.command]))
        running.push(service);
    }
    const chosen = firstOf(running, 'its image runs pytest');
    if (chosen !== undefined) return chosen;
  }
  return undefined;
}
