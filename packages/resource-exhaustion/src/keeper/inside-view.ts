import type { InsideProcess, InsideView } from '../model/sandbox.ts';
import type { Conversation } from './conversation.ts';
import { KeeperRefused } from './keeper-gone.ts';
import { escapePath, type KeeperLine } from './keeper-line.ts';

/** The keeper's own commands. */
export function insideView(conversation: Conversation): InsideView {
  const ask = async (what: string, ...words: readonly (string | number)[]): Promise<KeeperLine> => {
    const answer = await conversation.askSoon(...words);
    if (answer['error'] !== undefined) throw new KeeperRefused(String(answer['error']), what);
    return answer;
  };
  return {
    async cgroupTexts() {
      const { version, texts } = await ask('read its cgroup', 'cgroup');
      return { version: Number(version) as 0 | 1 | 2, texts: texts as Readonly<Record<string, string>> };
    },
    async processes() {
      return (await ask('look at its processes', 'processes'))['processes'] as readonly InsideProcess[];
    },
    async disk(path) {
      const { sizeBytes, freeBytes } = await ask(`look at the disk of ${path}`, 'disk', escapePath(path));
      return { sizeBytes: Number(sizeBytes), freeBytes: Number(freeBytes) };
    },
    async deletedButOpenBytes() {
      return Number((await ask('look for deleted files', 'deleted'))['bytes']);
    },
    async plantFile(path, bytes) {
      return String((await ask(`write ${path}`, 'plant', escapePath(path), bytes))['sha256']);
    },
    async hashFile(path) {
      return String((await ask(`read ${path}`, 'hash', escapePath(path)))['sha256']);
    },
    async removeFile(path) {
      await ask(`remove ${path}`, 'remove', escapePath(path));
    },
    async ping() {
      const start = performance.now();
      await ask('answer', 'ping');
      return performance.now() - start;
    },
  };
}
