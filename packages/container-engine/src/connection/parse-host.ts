import type { EngineEndpoint } from '@seaworthy/scenario';

const PLAIN_PORT = 2375;
const TLS_PORT = 2376;

type Tls = Extract<EngineEndpoint, { kind: 'tcp' }>['tls'];

/**
 * The engine that a value such as those of DOCKER_HOST means.
 *
 * @throws where it is none that can be reached from here; the message says why.
 */
export function endpointOf(host: string, tls: Tls): EngineEndpoint {
  const scheme = /^([a-z]+):\/\//.exec(host)?.[1];
  if (scheme === 'unix') {
    const path = host.slice('unix://'.length);
    return { kind: 'socket', path: path === '' ? '/var/run/docker.sock' : path };
  }
  if (scheme === 'ssh') {
    throw new Error(
      'engines over ssh:// are not supported yet; forward its socket (`ssh -nNT -L /tmp/engine.sock:/var/run/docker.sock HOST`) and set DOCKER_HOST=unix:///tmp/engine.sock',
    );
  }
  if (scheme === 'npipe') throw new Error('named pipes of Windows are not supported; use WSL 2');
  if (scheme !== undefined && scheme !== 'tcp' && scheme !== 'http' && scheme !== 'https') {
    throw new Error(`${scheme}:// is not known: expected unix:///path or tcp://host:port`);
  }
  const url = URL.parse(scheme === undefined ? `tcp://${host}` : host);
  if (url === null || url.hostname === '') {
    throw new Error(`${JSON.stringify(host)} is no address: expected unix:///path or tcp://host:port`);
  }
  const secure = tls ?? (scheme === 'https' ? {} : undefined);
  const port = url.port === '' ? (secure === undefined ? PLAIN_PORT : TLS_PORT) : Number(url.port);
  const name = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return { kind: 'tcp', host: name, port, ...(secure === undefined ? {} : { tls: secure }) };
}
