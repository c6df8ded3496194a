/** What a reader does to the blocks: zoom, move through them by keys, have them told, find some. */
export const ICICLE_ACTIONS: string = String.raw`
  const zoom = (node) => {
    const focused = blocks.contains(document.activeElement);
    zoomed = node.children.length || !node.parent ? node : node.parent;
    current = isBelow(node, zoomed) ? node : zoomed;
    hint.hidden = true;
    draw();
    if (focused) focus(current);
  };

  const focus = (node) => {
    const element = elements.get(node);
    if (!element) return;
    if (elements.has(current)) elements.get(current).tabIndex = -1;
    current = node;
    element.tabIndex = 0;
    element.focus();
  };

  const tell = (element) => {
    const { node } = element;
    const rows = [
      ['wall', duration(node.wall) + ' · ' + share(node.wall, top.wall)],
      ['CPU', duration(node.cpu) + ' · ' + share(node.cpu, top.cpu)],
      ['memory', amount(node.memory) + ' · ' + share(Math.max(0, node.memory), top.memory)],
      ['tests', node.items.toLocaleString('en-GB')],
    ];
    if (node.errors) rows.push(['errors', node.errors.toLocaleString('en-GB')]);
    if (node.imports + node.exec + node.rewrite > 0)
      rows.push(['imports', duration(node.imports)], ['executing', duration(node.exec)], ['rewriting', duration(node.rewrite)]);
    const list = document.createElement('dl');
    for (const [name, value] of rows) list.append(text('dt', name), text('dd', value));
    hint.replaceChildren(text('b', node.path), list);
    hint.hidden = false;
    const box = element.getBoundingClientRect();
    const space = hint.getBoundingClientRect();
    const left = Math.min(Math.max(8, box.left + Math.min(box.width, 200) / 2 - 60), innerWidth - space.width - 8);
    const below = box.bottom + 6 + space.height < innerHeight;
    hint.style.left = left + 'px';
    hint.style.top = (below ? box.bottom + 6 : box.top - space.height - 6) + 'px';
  };

  const blockOf = (event) => event.target.closest?.('.block, .dust');
  blocks.addEventListener('click', (event) => {
    const element = blockOf(event);
    if (element) zoom(element.node === zoomed && zoomed.parent ? zoomed.parent : element.node);
  });
  blocks.addEventListener('pointerover', (event) => {
    const element = blockOf(event);
    if (element?.classList.contains('block')) tell(element);
    else hint.hidden = true;
  });
  blocks.addEventListener('pointerleave', () => { hint.hidden = true; });
  blocks.addEventListener('focusin', (event) => { if (event.target.node) tell(event.target); });
  blocks.addEventListener('focusout', () => { hint.hidden = true; });
  addEventListener('scroll', () => { hint.hidden = true; }, { passive: true });
  const beside = (node, step) => {
    const row = elements.get(node)?.style.top;
    const level = [...elements.keys()].filter((other) => elements.get(other).style.top === row);
    return level[level.indexOf(node) + step];
  };
  blocks.addEventListener('keydown', (event) => {
    const node = event.target.node;
    if (!node || event.ctrlKey || event.metaKey || event.altKey) return;
    const moves = {
      ArrowDown: () => focus(isBelow(zoomed, node) && node !== zoomed ? ancestorBelow(node) : node.children.find((child) => elements.has(child))),
      ArrowUp: () => focus(node.parent),
      ArrowRight: () => focus(beside(node, 1)),
      ArrowLeft: () => focus(beside(node, -1)),
      Enter: () => zoom(node),
      ' ': () => zoom(node),
      Escape: () => { if (zoomed.parent) zoom(zoomed.parent); else hint.hidden = true; },
      Backspace: () => zoom(zoomed.parent ?? top),
      Home: () => zoom(top),
    };
    if (!moves[event.key]) return;
    event.preventDefault();
    moves[event.key]();
  });
  const ancestorBelow = (node) => {
    let below = zoomed;
    while (below.parent !== node) below = below.parent;
    return below;
  };

  for (const radio of all('input[name=metric]')) {
    radio.addEventListener('change', () => { metric = radio.value; search(); });
  }

  const search = () => {
    words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const total = { number: 0, cost: 0, items: 0, best: undefined };
    // A match lights itself, all below it and the way to it; only the outermost match counts.
    const light = (node, inside) => {
      const hit = !inside && words.every((word) => node.path.toLowerCase().includes(word));
      if (hit) {
        total.number += 1;
        total.cost += cost(node);
        total.items += node.items;
        if (!total.best || cost(node) > cost(total.best)) total.best = node;
      }
      node.lit = inside || hit;
      for (const child of node.children) if (light(child, inside || hit)) node.lit = true;
      return node.lit;
    };
    if (words.length) light(top, false);
    found.textContent = !words.length ? '' : total.number === 0 ? 'nothing matches'
      : count(total.number, 'match').replace('matchs', 'matches') + ': ' + shown(top, total.cost) + ' (' + share(total.cost, cost(top)) + '), ' + count(total.items, 'test');
    find.best = total.best;
    draw();
  };
  find.addEventListener('input', search);
  find.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && find.best) zoom(find.best);
    if (event.key === 'Escape') { find.value = ''; search(); }
  });
`;
