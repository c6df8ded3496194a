import { createHash } from 'node:crypto';
import type { CollectionProfile } from '../../model/collection-profile.ts';
import { projectName } from '../profile-facts.ts';
import { causeSection } from './cause-section.ts';
import { conftestSection, fileSection, importSection, pluginSection } from './cost-sections.ts';
import { errorSection } from './error-section.ts';
import { escapeHtml } from './escape-html.ts';
import { icicleSection } from './icicle/icicle-section.ts';
import { ICICLE_SCRIPT } from './icicle/icicle-script.ts';
import { memorySection } from './memory/memory-section.ts';
import { PAGE_SCRIPT } from './page-script.ts';
import { phaseSection } from './phase-section.ts';
import { STYLE } from './style.ts';
import { versionFacts } from '../version-facts.ts';
import { figures, verdict } from './verdict.ts';

const SCRIPT = PAGE_SCRIPT + ICICLE_SCRIPT;

/** A profile as one HTML file that needs no network: its policy forbids any. */
export function formatHtml(profile: CollectionProfile): string {
  const name = escapeHtml(projectName(profile));
  const hash = createHash('sha256').update(SCRIPT).digest('base64');
  const policy = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${hash}'`;
  const sections = [
    causeSection(profile),
    phaseSection(profile),
    memorySection(profile),
    icicleSection(profile),
    fileSection(profile),
    conftestSection(profile),
    importSection(profile),
    pluginSection(profile),
    errorSection(profile),
  ].filter((section) => section !== '');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Collection of ${name}</title>
<style>${STYLE}</style>
</head>
<body>
<header class="top">
<div><h1>Collection of ${name}</h1><p class="facts">${facts(profile)}</p></div>
<button id="theme" class="scripted" aria-label="Dark or light">◐</button>
</header>
<main>
${verdict(profile)}
<div class="figures">${figures(profile)}</div>
${sections.join('\n')}
</main>
<script>${SCRIPT}</script>
</body>
</html>
`;
}

function facts(profile: CollectionProfile): string {
  const { command, takenAt } = profile;
  const day = escapeHtml(takenAt.replace('T', ' ').replace(/\.\d+Z$/, ' UTC'));
  return [`<code>${escapeHtml(command)}</code>`, ...versionFacts(profile).map(escapeHtml), day].join(' · ');
}
