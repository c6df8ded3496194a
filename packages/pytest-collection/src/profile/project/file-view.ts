import { accessSync, constants, existsSync, readdirSync, realpathSync } from 'node:fs';

/** How the files of the place where pytest ran are looked at. Absolute paths; what cannot be seen is not there. */
export interface FileView {
  exists(path: string): boolean;
  isWritable(folder: string): boolean;
  realPath(path: string): string | undefined;
  /** Empty where it cannot be read. Symbolic links count as no folders. */
  entries(folder: string): readonly { readonly name: string; readonly isFolder: boolean }[];
}

/** The files of this machine. */
export const FILES_HERE: FileView = {
  exists: existsSync,
  isWritable: (folder) => {
    try {
      accessSync(folder, constants.W_OK);
      return true;
    } catch {
      return false;
    }
  },
  realPath: (path) => {
    try {
      return realpathSync(path);
    } catch {
      return undefined;
    }
  },
  entries: (folder) => {
    try {
      return readdirSync(folder, { withFileTypes: true }).map((entry) => ({
        name: entry.name,
        isFolder: entry.isDirectory(),
      }));
    } catch {
      return [];
    }
  },
};
