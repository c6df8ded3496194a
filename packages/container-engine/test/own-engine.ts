import { readFileSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openWorkspace, type OwnedProcess, type Workspace } from '@seaworthy/scenario';
import { connectTo, EngineUnavailable, type ContainerEngine } from '../src/index.ts';
import { testEngine, TINY } from './test-engine.ts';

/** A dockerd for tests that freeze, stop or start one again: nobody else uses it. It needs root, as every dockerd does. */
export class OwnEngine implements AsyncDisposable {
  readonly socket: string;
  readonly #workspace: Workspace;
  readonly #folder: string;
  readonly #containerd: OwnedProcess;
  #daemon: OwnedProcess;

  private constructor(workspace: Workspace, folder: string) {
    this.#workspace = workspace;
    this.#folder = folder;
    this.socket = join(folder, 'sock');
    this.#containerd = this.#spawnContainerd();
    this.#daemon = this.#spawn();
  }

  /** With the tiny test image in it. */
  static async start(): Promise<OwnEngine> {
    const workspace = await openWorkspace();
    const own = new OwnEngine(workspace, await workspace.makeFolder('engine'));
    const [from, to] = [await testEngine(), await own.connect()];
    await new Promise((resolve, reject) => {
      const load = async (): Promise<void> => {
        const answer = await to.client.loadImage(await from.client.getImage(TINY).get());
        answer.on('end', resolve).on('error', reject).resume();
      };
      load().catch(reject);
    });
    return own;
  }

  /** Waits until it answers. */
  async connect(timeoutMs = 30_000): Promise<ContainerEngine> {
    for (const start = performance.now(); ;) {
      try {
        return await connectTo({ kind: 'socket', path: this.socket }, { timeoutMs });
      } catch (error) {
        if (!(error instanceof EngineUnavailable) || performance.now() - start > 60_000) {
          throw new Error(`dockerd does not come up:\n${this.#log()}`, { cause: error });
        }
        await sleep(100);
      }
    }
  }

  freeze(): void {
    process.kill(this.#daemon.pid, 'SIGSTOP');
  }

  thaw(): void {
    process.kill(this.#daemon.pid, 'SIGCONT');
  }

  /** As a power cut of the daemon alone, or an orderly end, which stops all its containers. */
  async stop(signal: 'SIGKILL' | 'SIGTERM' = 'SIGTERM'): Promise<void> {
    process.kill(this.#daemon.pid, signal);
    await this.#daemon.exited;
  }

  startAgain(): void {
    this.#daemon = this.#spawn();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#daemon.child.exitCode === null && this.#daemon.child.signalCode === null) {
      this.thaw();
      await this.stop();
    }
    await this.#daemon[Symbol.asyncDispose]();
    await this.#containerd[Symbol.asyncDispose]();
    // A daemon leaves some of its mounts to the next one.
    const mounts = readFileSync('/proc/self/mountinfo', 'utf8')
      .split('\n')
      .map((line) => line.split(' ')[4] ?? '')
      .filter((place) => place.startsWith(`${this.#folder}/`));
    for (const place of mounts.reverse()) spawnSync('umount', ['-l', place]);
    await this.#workspace[Symbol.asyncDispose]();
  }

  /** Apart from the daemon: one that a daemon starts itself is not always taken up by the next daemon. */
  #spawnContainerd(): OwnedProcess {
    const config = join(this.#folder, 'containerd.toml');
    writeFileSync(config, 'version = 2\ndisabled_plugins = ["io.containerd.grpc.v1.cri"]\n');
    const place = (name: string): string => join(this.#folder, 'containerd', name);
    const options = [
      '--config',
      config,
      '--root',
      place('root'),
      '--state',
      place('state'),
      '--address',
      place('sock'),
    ];
    const log = join(this.#folder, 'containerd.log');
    return this.#workspace.spawn('sh', ['-c', 'exec containerd "$@" > "$0" 2>&1', log, ...options], {
      stdio: 'ignore',
    });
  }

  #spawn(): OwnedProcess {
    const namespace = `seaworthy-${this.#workspace.runId}`;
    const args = {
      'data-root': join(this.#folder, 'data'),
      'exec-root': join(this.#folder, 'exec'),
      pidfile: join(this.#folder, 'pid'),
      host: `unix://${this.socket}`,
      containerd: join(this.#folder, 'containerd/sock'),
      bridge: 'none',
      iptables: 'false',
      'containerd-namespace': namespace,
      'containerd-plugins-namespace': `${namespace}-plugins`,
    };
    // In a network namespace of its own: a daemon without a bridge removes the bridge of the machine's own engine.
    const script = 'exec unshare --net dockerd "$@" >> "$0" 2>&1';
    const options = Object.entries(args).map(([name, value]) => `--${name}=${value}`);
    return this.#workspace.spawn('sh', ['-c', script, join(this.#folder, 'log'), ...options], {
      stdio: 'ignore',
    });
  }

  #log(): string {
    try {
      return readFileSync(join(this.#folder, 'log'), 'utf8').split('\n').slice(-20).join('\n');
    } catch {
      return '(no log)';
    }
  }
}
