// Lists the working folder and asks for the status of every Python source: what no tool with a cache can do without.
import console from 'node:console';
import { readdirSync, statSync } from 'node:fs';

let files = 0;
const folders = ['.'];
for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) folders.push(path);
    else if (entry.name.endsWith('.py') && statSync(path).size >= 0) files++;
  }
}
console.log(JSON.stringify({ files }));
