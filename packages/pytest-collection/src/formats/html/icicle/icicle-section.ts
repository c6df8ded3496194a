import type { CollectionProfile } from '../../../model/collection-profile.ts';
import { foldTree, type ShownNode } from '../../fold-tree.ts';
import { formatDuration, formatGrowth, formatShare, grouped } from '../../quantity.ts';
import { insideLabel, restLabel } from '../../rest-label.ts';
import { UNFINISHED } from '../../unfinished.ts';
import { escapeHtml } from '../escape-html.ts';
import { icicleData } from './icicle-data.ts';

/** Collection as an icicle of folders, files and classes; a table of its main part where scripts are off. */
export function icicleSection(profile: CollectionProfile): string {
  if (profile.tree.children.length === 0) return '';
  return `<section class="panel" id="icicle"><h2>Folders, files and classes <small>width is cost, everything below included</small></h2>
<div class="controls scripted">
<fieldset class="switch"><legend class="hidden">Width of a block</legend>
<label><input type="radio" name="metric" value="wall" checked><span>Wall</span></label><label><input type="radio" name="metric" value="cpu"><span>CPU</span></label><label><input type="radio" name="metric" value="memory"><span>Memory</span></label></fieldset>
<input id="find" type="search" placeholder="Find a folder, file or class" aria-label="Find a folder, file or class" aria-describedby="found">
<output id="found"></output></div>
<nav id="trail" class="scripted" aria-label="Zoom"></nav>
<div id="blocks" class="scripted" role="tree" aria-label="Cost of folders, files and classes. Arrow keys move, Enter zooms in, Escape zooms out."></div>
<div id="hint" role="tooltip" hidden></div>
<p class="keys scripted" id="keys"></p>
<noscript>${table(profile)}</noscript>
<script type="application/json" id="tree">${icicleData(profile)}</script></section>`;
}

function table({ tree }: CollectionProfile): string {
  const rows: string[] = [];
  const visit = (shown: ShownNode, depth: number): void => {
    const { node, name, children, rest } = shown;
    const inside = rest !== undefined && children.length === 0 ? ` (${insideLabel(rest)})` : '';
    rows.push(row(`${name}${node.unfinished === true ? UNFINISHED : ''}${inside}`, node, depth));
    for (const child of children) visit(child, depth + 1);
    if (rest !== undefined && children.length > 0)
      rows.push(row(`… and ${restLabel(rest)}`, rest, depth + 1));
  };
  const row = (
    name: string,
    { wallMs, cpuMs, memoryBytes, items }: CollectionProfile['tree'] | NonNullable<ShownNode['rest']>,
    depth: number,
  ): string =>
    `<tr><td style="padding-left:${depth * 18}px">${escapeHtml(name)}</td><td class="n">${formatDuration(wallMs)}</td><td class="n">${formatShare(wallMs, tree.wallMs)}</td><td class="n">${formatDuration(cpuMs)}</td><td class="n">${formatGrowth(memoryBytes)}</td><td class="n">${grouped(items)}</td></tr>`;
  visit(foldTree(tree, { most: 60, least: 0.01 }), 0);
  return `<div class="scroll"><table><thead><tr><th></th><th class="n">wall</th><th class="n"></th><th class="n">CPU</th><th class="n">memory</th><th class="n">tests</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}
