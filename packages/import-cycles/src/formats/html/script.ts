/** What the page does; everything on it can be read without. */
export const SCRIPT = `
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const root = document.documentElement;
document.getElementById('theme').addEventListener('click', () => {
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
});

const links = all('#knots a');
const knots = all('.knot');
function show(id) {
  const shown = knots.find((knot) => knot.id === id) ?? knots[0];
  for (const knot of knots) knot.hidden = knot !== shown;
  for (const link of links) {
    if (shown && link.hash === '#' + shown.id) link.setAttribute('aria-current', 'true');
    else link.removeAttribute('aria-current');
  }
}
addEventListener('hashchange', () => { show(location.hash.slice(1)); scrollTo({ top: 0 }); });
if (knots.length > 0) show(location.hash.slice(1));

document.getElementById('search')?.addEventListener('input', (event) => {
  const words = event.target.value.toLowerCase().split(/\\s+/).filter(Boolean);
  const items = all('#knots > li');
  for (const item of items) {
    const text = item.dataset.words + ' ' + item.querySelector('a').hash;
    item.hidden = !words.every((word) => text.includes(word));
  }
  const first = items.find((item) => !item.hidden);
  document.getElementById('nothing').hidden = first !== undefined;
  const current = items.find((item) => item.querySelector('[aria-current]'));
  if (first === undefined) for (const knot of knots) knot.hidden = true;
  else show((current && !current.hidden ? current : first).querySelector('a').hash.slice(1));
  for (const node of all('svg .node')) {
    const name = node.dataset.module.toLowerCase();
    node.classList.toggle('faded', words.length > 0 && !words.some((word) => name.includes(word)));
  }
});

for (const canvas of all('.canvas')) {
  const svg = canvas.querySelector('svg');
  svg.removeAttribute('width');
  svg.removeAttribute('height');
  const whole = svg.getAttribute('viewBox').split(' ').map(Number);
  // A small drawing is centred rather than blown up.
  const room = [document.querySelector('main').clientWidth - 54, parseFloat(canvas.style.height)].map((pixels) => pixels / 1.6);
  for (const axis of [0, 1]) {
    const spare = room[axis] - whole[axis + 2];
    if (spare > 0) { whole[axis] -= spare / 2; whole[axis + 2] += spare; }
  }
  svg.setAttribute('viewBox', whole.join(' '));
  let box = [...whole];
  const set = (next) => { box = next; svg.setAttribute('viewBox', box.join(' ')); };
  const zoom = (factor, x = box[0] + box[2] / 2, y = box[1] + box[3] / 2) =>
    set([x - (x - box[0]) / factor, y - (y - box[1]) / factor, box[2] / factor, box[3] / factor]);
  for (const button of all('[data-zoom]', canvas.parentElement)) {
    const factor = Number(button.dataset.zoom);
    button.addEventListener('click', () => (factor === 0 ? set([...whole]) : zoom(factor)));
  }
  canvas.addEventListener('wheel', (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, at.x, at.y);
  }, { passive: false });
  let held;
  canvas.addEventListener('pointerdown', (event) => { held = [event.clientX, event.clientY]; });
  addEventListener('pointerup', () => { held = undefined; });
  addEventListener('pointermove', (event) => {
    if (held === undefined) return;
    const scale = svg.getScreenCTM().a;
    set([box[0] - (event.clientX - held[0]) / scale, box[1] - (event.clientY - held[1]) / scale, box[2], box[3]]);
    held = [event.clientX, event.clientY];
  });

  const nodes = all('.node', svg);
  const edges = all('.edge', svg);
  let chosen;
  const choose = (name) => {
    chosen = name === chosen ? undefined : name;
    const near = new Set([chosen]);
    for (const edge of edges) {
      const touches = edge.dataset.from === chosen || edge.dataset.to === chosen;
      if (touches) near.add(edge.dataset.from).add(edge.dataset.to);
      edge.classList.toggle('faded', chosen !== undefined && !touches);
    }
    for (const node of nodes) node.classList.toggle('faded', chosen !== undefined && !near.has(node.dataset.module));
  };
  for (const node of nodes) {
    node.addEventListener('click', () => choose(node.dataset.module));
    node.addEventListener('keydown', (event) => { if (event.key === 'Enter') choose(node.dataset.module); });
  }
}
`;
