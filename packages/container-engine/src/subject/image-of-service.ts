import { findImage } from '../connection/find-image.ts';
import type { EngineImage } from '../connection/find-image.ts';
import type { ComposeProject, ComposeService } from '../compose/compose-project.ts';
import { builtImageName } from '../compose/project-name.ts';
import type { ContainerEngine } from '../model/engine.ts';

/** What `docker compose` calls the image of a service; the second name is that of old versions (`docker-compose` 1). */
export function imageNamesOf({ name }: ComposeProject, service: ComposeService): readonly string[] {
  if (service.image !== undefined) return [service.image.value];
  return [builtImageName(name, service.name), `${name}_${service.name}`];
}

/** The image of a service, where the engine has it. */
export async function findServiceImage(
  engine: ContainerEngine,
  project: ComposeProject,
  service: ComposeService,
): Promise<{ readonly name: string; readonly image: EngineImage } | undefined> {
  for (const name of imageNamesOf(project, service)) {
    const image = await findImage(engine, name);
    if (image !== undefined) return { name, image };
  }
  return undefined;
}

/** How to get it. */
export function howToGetImage(service: ComposeService): string {
  return service.build === undefined
    ? `docker compose pull ${service.name}`
    : `docker compose build ${service.name}`;
}
