import { nameOfEndpoint, type EngineEndpoint } from '@seaworthy/scenario';
import { EngineError, type EngineErrorCode } from './engine-error.ts';

/** What was asked of which engine. */
export interface Asked {
  readonly endpoint: EngineEndpoint;
  /** Such as `POST /containers/create`. */
  readonly request: string;
}

/** In the order in which they are tried. Texts of Docker (runc, crun, containerd) and Podman. */
const TEXTS: readonly (readonly [RegExp, EngineErrorCode])[] = [
  // What lacks here is the container, which ends or has ended; files that went with it are no missing command.
  [/setns|nsenter|stopped (?:container|state)|container .*is not running|container .*has stopped/i, 'OTHER'],
  [/no such image|image not known|unable to find image/i, 'NO_IMAGE'],
  [
    /executable file .*not found|exec: .*(no such file or directory|permission denied|is a directory)|exec format error|OCI runtime exec failed: .*no such file/is,
    'COMMAND_NOT_FOUND',
  ],
  [
    /minimum memory(swap)? limit|memoryswap limit should be larger|range of cpus|cpus? (quota|period|shares)? ?.*(invalid|can not be)|invalid (value|option|argument).*(ulimit|cpu|memory|pids)|memory.*(limit|max).*(invalid|too low|exceed|too small)|oom_score_adj|[ur]limit|memory limit too low|container init was OOM-killed/i,
    'LIMIT_REFUSED',
  ],
];

/** What kind of failure an engine or its runtime speaks of. */
export function codeOf(said: string): EngineErrorCode {
  return TEXTS.find(([text]) => text.test(said))?.[1] ?? 'OTHER';
}

/** The error of an engine that answered with something else than success. */
export function explainRefusal({ endpoint, request }: Asked, status: number, body: string): EngineError {
  const said = messageIn(body);
  const code = codeOf(said);
  const where = `The container engine at ${nameOfEndpoint(endpoint)}`;
  const message =
    status === 403 || status === 401
      ? `${where} does not allow ${request}: ${said}`
      : `${where} refused ${request} (HTTP ${status}): ${said}`;
  return new EngineError(code, message, { status });
}

/** The error of an engine that could not be asked. */
export function explainSilence({ endpoint, request }: Asked, cause: Error): EngineError {
  const place = nameOfEndpoint(endpoint);
  const message = `Lost the container engine at ${place} during ${request}: ${explainNetworkError(cause)}`;
  return new EngineError('CONNECTION', message, { cause });
}

/** The error of something that answers, but not as an engine does. */
export function explainNonsense({ endpoint, request }: Asked, cause: Error): EngineError {
  const message = `What answers ${request} at ${nameOfEndpoint(endpoint)} is no container engine: ${cause.message}`;
  return new EngineError('OTHER', message, { cause });
}

/** The error of an engine that takes too long. */
export function explainTimeout({ endpoint, request }: Asked, timeoutMs: number): EngineError {
  const message =
    `The container engine at ${nameOfEndpoint(endpoint)} did not answer ${request} within ${timeoutMs / 1000} s. ` +
    'It hangs or the machine is overloaded: see whether `docker info` answers, and start the engine again if not';
  return new EngineError('TIMEOUT', message);
}

/** What an error of a socket means, and what to do. */
export function explainNetworkError(error: Error): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return 'there is no such socket (is the engine running?)';
    case 'ECONNREFUSED':
      return 'nothing listens there (is the engine running?)';
    case 'EACCES':
    case 'EPERM':
      return 'no permission to use the socket (add the user to the group `docker`, or use a rootless engine)';
    case 'ECONNRESET':
    case 'EPIPE':
      return 'the connection broke (the engine was stopped or started again)';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'the name of its host is not known';
    default:
      return error.message;
  }
}

/** Docker's and Podman's errors are JSON with a message. */
function messageIn(body: string): string {
  try {
    const { message, cause } = JSON.parse(body) as { message?: string; cause?: string };
    return (message ?? cause ?? body).trim();
  } catch {
    return body.trim();
  }
}
