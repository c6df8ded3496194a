/** The page's style sheet; colours are variables, so that dark and light differ in one place. */
export const STYLE = `
:root { color-scheme: light dark; --ground: light-dark(#f5f6f8, #0f1319); --panel: light-dark(#fff, #171c24); --line: light-dark(#e1e5eb, #28303b);
  --ink: light-dark(#1c2430, #e4e9f0); --soft: light-dark(#5d6b7e, #93a1b5); --accent: light-dark(#2458d3, #7aa2ff);
  --red: light-dark(#c8283a, #ff7b85); --amber: light-dark(#9a6200, #f0b35a); --green: light-dark(#17783c, #63cf8b);
  --node: light-dark(#eef2f9, #222a36); --code: light-dark(#f2f4f7, #11161d); --edge: light-dark(#8492a6, #66758a); }
:root[data-theme=light] { color-scheme: light } :root[data-theme=dark] { color-scheme: dark }
* { box-sizing: border-box }
[hidden] { display: none !important }
body { margin: 0; padding: 28px clamp(16px, 3vw, 44px) 60px; background: var(--ground); color: var(--ink); font: 15px/1.55 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif }
h1 { margin: 0; font-size: 26px; letter-spacing: -.02em; overflow-wrap: anywhere } h2 { margin: 0; font-size: 19px; letter-spacing: -.01em; overflow-wrap: anywhere }
h3 { margin: 0 0 10px; font-size: 13px; font-weight: 650; letter-spacing: .01em } h3 small { margin-left: 6px; font-weight: 400; color: var(--soft) }
code { font: 12.5px/1.5 ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; overflow-wrap: anywhere }
p code, td code { background: var(--code); border-radius: 4px; padding: 1px 5px }
.top { display: flex; justify-content: space-between; align-items: flex-start; gap: 20px } .facts, .note, .place { color: var(--soft) } .facts { margin: 4px 0 0; overflow-wrap: anywhere }
.place { font: 12.5px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; overflow-wrap: anywhere } .note { font-size: 13px; margin: 8px 0 0 }
button { font: inherit; color: var(--ink); background: var(--panel); border: 1px solid var(--line); border-radius: 8px; padding: 4px 11px; cursor: pointer } button:hover { border-color: var(--soft) }
.figures { display: flex; flex-wrap: wrap; gap: 14px; margin: 22px 0 }
.figure { flex: 1 1 150px; background: var(--panel); border: 1px solid var(--line); border-radius: 12px; padding: 14px 18px } .figure b { display: block; font-size: 30px; line-height: 1.15; font-variant-numeric: tabular-nums; letter-spacing: -.02em } .figure span { color: var(--soft); font-size: 13px }
.figure.red b { color: var(--red) } .figure.amber b { color: var(--amber) } .figure.green b { color: var(--green) }
.columns { display: grid; grid-template-columns: minmax(220px, 290px) minmax(0, 1fr); gap: 20px; align-items: start } @media (max-width: 860px) { .columns { grid-template-columns: minmax(0, 1fr) } }
nav { position: sticky; top: 16px } nav ul { list-style: none; margin: 10px 0 0; padding: 0; max-height: calc(100vh - 90px); overflow: auto } nav li { margin-bottom: 8px }
nav a { display: block; padding: 10px 14px; border: 1px solid var(--line); border-radius: 10px; background: var(--panel); color: inherit; text-decoration: none } nav a:hover { border-color: var(--soft) } nav a[aria-current] { border-color: var(--accent); box-shadow: inset 3px 0 var(--accent) }
nav a span:last-child { display: block; color: var(--soft); font-size: 12.5px; white-space: nowrap; overflow: hidden; text-overflow: ellipsis }
input { width: 100%; font: inherit; color: inherit; background: var(--panel); border: 1px solid var(--line); border-radius: 10px; padding: 9px 14px } input:focus, a:focus-visible, button:focus-visible { outline: 2px solid var(--accent); outline-offset: 1px }
.knot, .panel { background: var(--panel); border: 1px solid var(--line); border-radius: 14px; padding: 22px 26px; margin-bottom: 20px } .knot > header { display: flex; justify-content: space-between; gap: 16px; align-items: baseline; margin-bottom: 16px } .id { color: var(--soft); white-space: nowrap }
.knot section { margin-top: 26px } .empty { color: var(--green); font-size: 17px }
.badge { display: inline-block; font-size: 11.5px; line-height: 1; padding: 4px 8px; border-radius: 99px; font-weight: 600; white-space: nowrap; border: 1px solid color-mix(in srgb, currentColor 35%, transparent); background: color-mix(in srgb, currentColor 9%, transparent) }
.badge.red { color: var(--red) } .badge.amber { color: var(--amber) } .badge.green { color: var(--green) } .badge.fix { color: var(--accent) }
.graph { position: relative; margin: 0; border: 1px solid var(--line); border-radius: 12px; background: var(--ground); overflow: hidden } .canvas { overflow: hidden; cursor: grab; touch-action: none } .canvas:active { cursor: grabbing } .canvas svg { width: 100%; height: 100%; display: block; user-select: none }
.tools { position: absolute; right: 10px; top: 10px; display: flex; gap: 6px } figcaption { display: flex; flex-wrap: wrap; gap: 6px 20px; padding: 9px 16px; font-size: 12.5px; color: var(--soft); border-top: 1px solid var(--line); background: var(--panel) }
.key::before { content: ''; display: inline-block; width: 20px; margin-right: 7px; vertical-align: middle; border-top: 2px solid var(--edge) } .key.witness::before { border-color: var(--accent) } .key.move::before { border-top: 3px solid var(--red) } .key.deferred::before { border-top: 2px dashed var(--edge) } .key.crash::before { width: 14px; height: 11px; border: 1.5px solid var(--red); border-radius: 4px; background: color-mix(in srgb, var(--red) 12%, transparent) }
svg text { fill: var(--ink); font-family: Helvetica, Arial, 'Liberation Sans', sans-serif } svg .node path, svg .node polygon { fill: var(--node); stroke: var(--edge) } svg .node.crash path, svg .node.crash polygon { fill: color-mix(in srgb, var(--red) 14%, var(--node)); stroke: var(--red) }
svg .edge path { stroke: var(--edge); stroke-width: 1.2 } svg .edge polygon { fill: var(--edge); stroke: var(--edge) } svg .edge.witness path { stroke: var(--accent); stroke-width: 2 } svg .edge.witness polygon { fill: var(--accent); stroke: var(--accent) }
svg .edge.move path { stroke: var(--red); stroke-width: 2.6 } svg .edge.move polygon { fill: var(--red); stroke: var(--red) } svg .edge.move text { fill: var(--red) } svg .edge.deferred { opacity: .7 }
svg .node { cursor: pointer; outline: none } svg .node:focus-visible path { stroke-width: 2.5 } svg .faded { opacity: .13 } svg g { transition: opacity .15s }
.cycle { list-style: none; margin: 0; padding: 0 } .cycle li { position: relative; padding: 0 0 16px 24px } .cycle b { margin-right: 12px; overflow-wrap: anywhere } .cycle li::before { content: ''; position: absolute; left: 3px; top: 8px; width: 8px; height: 8px; border-radius: 50%; background: var(--accent) } .cycle li:not(:last-child)::after { content: ''; position: absolute; left: 6.5px; top: 20px; bottom: -4px; width: 1.5px; background: var(--accent); opacity: .5 }
.cycle .again { padding-bottom: 0; color: var(--soft) } .cycle .again b { font-weight: 500 } .cycle .again::before { background: none; border: 1.5px solid var(--accent) } .cycle .again b::after { content: ' again'; font-weight: 400 }
.moves { display: grid; gap: 12px } .card { border: 1px solid var(--line); border-radius: 10px; padding: 14px 18px } .card p { margin: 0 } .card .where { margin-bottom: 8px } .where b { overflow-wrap: anywhere }
.listing { margin: 8px 0 10px; padding: 8px 12px 8px 56px; background: var(--code); border-radius: 8px; color: var(--soft); font: 12.5px ui-monospace, monospace; overflow-x: auto } .listing code { white-space: pre; overflow-wrap: normal } .listing .guilty { color: var(--ink); font-weight: 600 } .listing li::marker { content: attr(data-line) '\\2002\\2002' } .listing .guilty::marker { color: var(--red) }
.scroll { overflow-x: auto } table { width: 100%; border-collapse: collapse } th { text-align: left; font-size: 12px; font-weight: 550; color: var(--soft); padding: 0 14px 6px 0; white-space: nowrap } td { border-top: 1px solid var(--line); padding: 8px 14px 8px 0; vertical-align: top } td b { font-weight: 550 } td code { overflow-wrap: break-word; box-decoration-break: clone; -webkit-box-decoration-break: clone }
details { margin-top: 16px } summary { cursor: pointer; font-size: 13px; font-weight: 600 } .names { margin: 8px 0 0; padding-left: 22px; font-size: 13.5px; overflow-wrap: anywhere; max-height: 320px; overflow-y: auto } ol.names { padding-left: 38px }
`;
