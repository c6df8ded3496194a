import type { Duplex } from 'node:stream';
import { nameOfEndpoint, nameOfRun, UsageError, type Workspace } from '@seaworthy/scenario';
import { partsOf } from '../connection/connected-engine.ts';
import type { EngineApi } from '../connection/engine-api.ts';
import { EngineError } from '../connection/engine-error.ts';
import { ContainerEvents } from '../events/container-events.ts';
import type { ContainerSpec, OwnedContainer } from '../model/container.ts';
import type { ContainerEngine } from '../model/engine.ts';
import { demandSensibleLimits } from './container-spec.ts';
import { createBody } from './create-body.ts';
import { RunningContainer } from './running-container.ts';

const DEFAULT_DEADLINE_MS = 3_600_000;

/** Containers that this process named: two of one purpose need two names, also in different parts of a workspace. */
let count = 0;

/**
 * Makes and starts a throw-away container of an image that the engine has. It is in the workspace's ledger before it is
 * made, so it is gone whatever becomes of this process.
 *
 * @throws UsageError for limits or a purpose that mean nothing.
 * @throws EngineError NO_IMAGE, COMMAND_NOT_FOUND, LIMIT_REFUSED, TIMEOUT, CONNECTION or OTHER.
 */
export async function startContainer(
  engine: ContainerEngine,
  workspace: Workspace,
  spec: ContainerSpec,
): Promise<OwnedContainer> {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(spec.purpose)) {
    throw new UsageError(
      'IMPOSSIBLE_PURPOSE',
      `The purpose of a container is ${JSON.stringify(spec.purpose)}: expected kebab-case`,
    );
  }
  demandSensibleLimits(spec.limits);
  const { api, watchdog } = partsOf(engine);
  const name = `${nameOfRun(workspace.runId)}-${spec.purpose}-${(count += 1)}`;
  const owned = workspace.own({ kind: 'container', endpoint: engine.endpoint, name });
  const deadlineMs = spec.deadlineMs ?? DEFAULT_DEADLINE_MS;

  let id: string;
  try {
    const body = createBody(spec, workspace.runId, deadlineMs);
    ({ Id: id } = await api.json<{ Id: string }>('POST', '/containers/create', { query: { name }, body }));
  } catch (error) {
    // Otherwise the container may be there or come to be: the ledger keeps its name.
    if (error instanceof EngineError && isFinal(error)) owned.forget();
    throw explainCreate(error, engine, spec);
  }

  let events: ContainerEvents | undefined;
  let connection: Duplex | undefined;
  try {
    events = await ContainerEvents.open(api, id);
    connection = await attach(api, id, spec.stdin === true);
    const container = new RunningContainer({
      engine,
      api,
      watchdog,
      owned,
      id,
      name,
      spec,
      events,
      connection,
    });
    await api.json('POST', `/containers/${id}/start`);
    await container.started(deadlineMs);
    return container;
  } catch (error) {
    connection?.destroy();
    events?.[Symbol.dispose]();
    // What cannot be removed now stays in the ledger and is removed with the workspace.
    await Promise.resolve(owned[Symbol.asyncDispose]()).catch(() => {});
    throw explainStart(error, spec);
  }
}

/** Whether nothing can come of a create: it was refused, or reached no engine. */
function isFinal({ status, cause }: EngineError): boolean {
  const reached = !['ENOENT', 'ECONNREFUSED', 'EACCES'].includes(
    (cause as NodeJS.ErrnoException)?.code ?? '',
  );
  return !reached || (status !== undefined && status < 500);
}

function attach(api: EngineApi, id: string, stdin: boolean): Promise<Duplex> {
  const query = { stream: true, stdin, stdout: true, stderr: true };
  return api.upgrade(`/containers/${id}/attach`, { query });
}

function explainCreate(error: unknown, engine: ContainerEngine, spec: ContainerSpec): unknown {
  if (!(error instanceof EngineError) || error.code !== 'NO_IMAGE') return error;
  const message =
    `The container engine at ${nameOfEndpoint(engine.endpoint)} has no image ${spec.image}, and nothing is pulled by itself. ` +
    `Get it with \`docker pull ${spec.image}\`, or build it: \`docker build -t ${spec.image} .\` or \`docker compose build\``;
  return new EngineError('NO_IMAGE', message, { cause: error, ...statusOf(error) });
}

function explainStart(error: unknown, spec: ContainerSpec): unknown {
  if (!(error instanceof EngineError) || error.code !== 'COMMAND_NOT_FOUND') return error;
  const message = `The image ${spec.image} cannot run the command ${spec.command[0]}: it is not in it, or may not be executed. The engine says: ${error.message}`;
  return new EngineError('COMMAND_NOT_FOUND', message, { cause: error, ...statusOf(error) });
}

function statusOf({ status }: EngineError): { status?: number } {
  return status === undefined ? {} : { status };
}
