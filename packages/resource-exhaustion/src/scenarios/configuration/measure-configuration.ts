import { connectTo } from '@seaworthy/container-engine';
import type { MeasureContext } from '@seaworthy/scenario';
import { floorOf } from '../../safety/budget.ts';
import { plain } from '../sandbox/plain.ts';
import type { ConfigurationObservation, SystemFacts } from './configuration-observation.ts';
import type { ConfigurationPlan } from './configuration-plan.ts';
import { readDeclared } from './declared-services.ts';
import { seeRunning, tryServices } from './see-containers.ts';

/** Reads what is declared, and with an engine what is in force: on the project's containers, and on throw-away ones. */
export async function measureConfiguration(
  plan: ConfigurationPlan,
  context: MeasureContext,
): Promise<ConfigurationObservation> {
  const { environment, signal } = context;
  const engine =
    environment.engine === undefined ? undefined : await connectTo(environment.engine, { signal });
  const { project, services, changed } = await readDeclared(plan, environment, process.env, engine);
  const common = {
    services,
    warnings: (project?.warnings ?? []).map(({ message, location }) => ({ message, location })),
    ...(changed === undefined ? {} : { changed }),
  };
  if (engine === undefined) {
    const { memoryBytes, cores } = environment;
    const notSeen = ['no container engine answers, so no limit was read back from a container'];
    return plain({
      ...common,
      system: systemOf({ memoryBytes, cores, from: 'machine', cannotLimit: [] }),
      containers: [],
      notSeen,
    });
  }
  const { memoryBytes, cores, cannotLimit } = engine.facts;
  // What runs was not made with a fault in it.
  const running =
    project === undefined || changed !== undefined
      ? { containers: [], notSeen: [] }
      : await seeRunning(engine, project);
  // A fault is in one service: the others were looked at without it.
  const tried = changed === undefined ? services : services.filter(({ name }) => name === changed);
  const trials = await tryServices(engine, tried, project, plan, context);
  return plain({
    ...common,
    system: systemOf({ memoryBytes, cores, from: 'engine', cannotLimit }),
    containers: [...running.containers, ...trials.containers],
    notSeen: [...running.notSeen, ...trials.notSeen],
  });
}

function systemOf(facts: Omit<SystemFacts, 'floorBytes'>): SystemFacts {
  return { ...facts, floorBytes: floorOf({ totalBytes: facts.memoryBytes }) };
}
