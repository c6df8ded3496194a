import { setTimeout as sleep } from 'node:timers/promises';
import { nameOfEndpoint } from '@seaworthy/scenario';
import { EngineError } from '../connection/engine-error.ts';
import type { ContainerEvent } from '../events/container-events.ts';
import type { ContainerExit } from '../model/container.ts';
import type { ContainerParts } from './running-container.ts';

/** Of `GET /containers/<id>/json`. */
interface State {
  readonly Running?: boolean;
  readonly Status?: string;
  readonly ExitCode?: number;
  readonly OOMKilled?: boolean;
  readonly Error?: string;
}

/** An event of a kill for memory comes within some milliseconds of the kill; the rest is a busy machine. */
const LATE_EVENT_MS = 2_000;
/** What the engine has buffered of the output comes right after the end. */
const LATE_OUTPUT_MS = 10_000;
/** An engine that is started again answers within seconds. */
const RESTART_MS = 20_000;
const PAUSE_MS = 200;

/**
 * How a container ended, when it did; all its output and events are there by then.
 *
 * @param output ends with both outputs.
 * @param onEnd is called at its end, before the rest of the output is waited for.
 * @throws EngineError where the engine stops answering, is gone for long, or does not know the container any more.
 */
export async function waitForExit(
  parts: ContainerParts,
  output: Promise<void>,
  onEnd: () => void,
): Promise<ContainerExit> {
  const { events, watchdog } = parts;
  try {
    const state = await watchdog.guard(waitForEnd(parts));
    onEnd();
    await Promise.race([output, sleep(LATE_OUTPUT_MS, undefined, { ref: false })]);
    await events.waitFor('die', LATE_EVENT_MS);
    if (state.OOMKilled === true) await events.waitFor('oom', LATE_EVENT_MS);
    return exitFrom(state, events.events);
  } finally {
    onEnd();
    events[Symbol.dispose]();
    parts.connection.destroy();
  }
}

function exitFrom(state: State, events: readonly ContainerEvent[]): ContainerExit {
  return {
    code: state.ExitCode ?? -1,
    oomKilled: state.OOMKilled === true,
    ...(state.Error === undefined || state.Error === '' ? {} : { error: state.Error }),
    events: [...events],
  };
}

async function waitForEnd(parts: ContainerParts): Promise<State> {
  const { api, id } = parts;
  for (;;) {
    let code: number | undefined;
    try {
      const answer = await api.text('POST', `/containers/${id}/wait`, { timeoutMs: Infinity });
      code = (JSON.parse(answer) as { StatusCode?: number }).StatusCode;
    } catch (error) {
      if (error instanceof EngineError && error.status === 404) return removed(parts, undefined);
      if (!isBroken(error)) throw error;
    }
    const state = await inspect(parts);
    if (state === undefined) return removed(parts, code);
    if (state.Running !== true) return state;
  }
}

/** It was removed right at its end: by us, since nobody else may; the events tell the rest. */
async function removed({ events, engine, name }: ContainerParts, code: number | undefined): Promise<State> {
  await events.waitFor('die', LATE_EVENT_MS);
  const died = events.events.findLast(({ action }) => action === 'die');
  const told = died?.attributes['exitCode'] ?? died?.attributes['containerExitCode'];
  const ExitCode = code ?? (told === undefined ? undefined : Number(told));
  if (ExitCode !== undefined)
    return { ExitCode, OOMKilled: events.events.some(({ action }) => action === 'oom') };
  throw new EngineError(
    'OTHER',
    `The container engine at ${nameOfEndpoint(engine.endpoint)} does not know the container ${name} any more: somebody removed it`,
  );
}

/** Its state, also from an engine that is just starting again; `undefined` where it does not know the container. */
async function inspect({ api, id }: ContainerParts): Promise<State | undefined> {
  const start = performance.now();
  for (;;) {
    try {
      return (await api.json<{ State: State }>('GET', `/containers/${id}/json`)).State;
    } catch (error) {
      if (error instanceof EngineError && error.status === 404) return undefined;
      if (!isBroken(error) || performance.now() - start > RESTART_MS) throw error;
      await sleep(PAUSE_MS, undefined, { ref: false });
    }
  }
}

/** Whether the connection failed, or was cut in the middle of an answer. */
function isBroken(error: unknown): boolean {
  return error instanceof SyntaxError || (error instanceof EngineError && error.code === 'CONNECTION');
}
