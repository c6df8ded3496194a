/** Draws blocks that are wide enough to be seen, and only them, so that it is quick whatever the size of the tree. */
export const ICICLE_DRAWING: string = String.raw`
  const KINDS = ['folder', 'file', 'class', 'other', 'rest'];
  const LEAST = 3;
  const count = (value, noun) => value.toLocaleString('en-GB') + ' ' + noun + (value === 1 ? '' : 's');
  const build = ([name, kind, wall, cpu, kilobytes, items, errors, rewrite, exec, imports, children], parent, level) => {
    const node = { name, kind: KINDS[kind], wall, cpu, memory: kilobytes * 1000, items, errors, rewrite, exec, imports, parent, level };
    node.path = parent ? parent.path + (parent.kind === 'folder' ? '/' : '::') + name : name;
    node.children = children.map((child) => build(child, node, level + 1));
    return node;
  };
  const top = build(JSON.parse(source.textContent), undefined, 0);

  const blocks = document.getElementById('blocks');
  const hint = document.getElementById('hint');
  const trail = document.getElementById('trail');
  const find = document.getElementById('find');
  const found = document.getElementById('found');
  const keys = document.getElementById('keys');
  let zoomed = top;
  let metric = 'wall';
  let current = top;
  let words = [];
  let elements = new Map();

  const cost = (node) => Math.max(0, node[metric]);
  const shown = (node, value = node[metric]) => metric === 'memory' ? amount(value) : duration(value);
  const text = (tag, content, name) => {
    const element = document.createElement(tag);
    element.textContent = content;
    if (name) element.className = name;
    return element;
  };

  const fill = (node, element) => {
    const whole = cost(top) || 1;
    if (node.kind === 'file' && metric === 'wall' && node.wall > 0) {
      const stops = [];
      let from = 0;
      for (const [part, color] of [[node.imports, 'import'], [node.exec, 'exec'], [node.rewrite, 'rewrite'], [Infinity, 'rest']]) {
        const to = Math.min(100, from + 100 * part / node.wall);
        if (to > from) stops.push('var(--' + color + ') ' + from.toFixed(1) + '% ' + to.toFixed(1) + '%');
        from = to;
      }
      element.style.background = 'linear-gradient(90deg, ' + stops.join(', ') + ')';
    } else if (node.kind === 'file' || (node.kind !== 'folder' && metric !== 'wall')) {
      const heat = Math.min(100, 12 + 150 * Math.sqrt(cost(node) / whole));
      element.style.background = 'color-mix(in srgb, var(--heat) ' + heat.toFixed(0) + '%, var(--cool))';
    }
  };

  const describe = (node) => {
    const parts = [shown(node) + ' (' + share(cost(node), cost(top)) + ')', count(node.items, 'test')];
    if (node.errors) parts.push(count(node.errors, 'error'));
    return node.path + ': ' + parts.join(', ');
  };

  const add = (fragment, node, left, width, row, room) => {
    const element = document.createElement('div');
    element.className = 'block ' + node.kind + (node.errors ? ' broken' : '') + (width * room < 34 ? ' thin' : '');
    element.style.left = 100 * left + '%';
    element.style.width = 100 * width + '%';
    element.style.top = 25 * row + 'px';
    element.setAttribute('role', 'treeitem');
    element.setAttribute('aria-level', node.level + 1);
    element.setAttribute('aria-label', describe(node));
    if (node.children.length) element.setAttribute('aria-expanded', 'true');
    element.tabIndex = node === current ? 0 : -1;
    element.append(text('span', node.name), text('small', shown(node)));
    fill(node, element);
    element.node = node;
    elements.set(node, element);
    fragment.append(element);
    if (words.length) element.classList.toggle('faded', !node.lit);
  };

  // Children below the least width become one hatched block: there is something, too small to be told apart.
  const descend = (fragment, node, left, width, row, room) => {
    let deepest = row;
    const sum = node.children.reduce((total, child) => total + cost(child), 0);
    const unit = width / (Math.max(cost(node), sum) || 1);
    let at = left;
    let dust = 0;
    const ordered = metric === 'wall' ? node.children : [...node.children].sort((a, b) => cost(b) - cost(a));
    for (const child of ordered) {
      const wide = cost(child) * unit;
      if (wide * room < LEAST) { dust += wide; continue; }
      add(fragment, child, at, wide, row, room);
      deepest = Math.max(deepest, descend(fragment, child, at, wide, row + 1, room));
      at += wide;
    }
    if (dust * room >= 2) {
      const element = text('div', '', 'dust');
      element.style.left = 100 * at + '%';
      element.style.width = 100 * dust + '%';
      element.style.top = 25 * row + 'px';
      element.title = 'smaller ones: zoom in to see them';
      element.setAttribute('aria-hidden', 'true');
      element.node = node;
      fragment.append(element);
      deepest = Math.max(deepest, row + 1);
    }
    return elements.size ? deepest : row;
  };

  const draw = () => {
    const fragment = document.createDocumentFragment();
    elements = new Map();
    const room = blocks.clientWidth || 1000;
    const above = [];
    for (let node = zoomed; node; node = node.parent) above.unshift(node);
    if (!above.includes(current) && !isBelow(current, zoomed)) current = zoomed;
    above.forEach((node, row) => add(fragment, node, 0, 1, row, room));
    descend(fragment, zoomed, 0, 1, above.length, room);
    // What had the focus may be too small now.
    if (!elements.has(current)) {
      current = zoomed;
      elements.get(zoomed).tabIndex = 0;
    }
    blocks.replaceChildren(fragment);
    const rows = Math.max(...[...blocks.children].map((element) => parseFloat(element.style.top))) / 25 + 1;
    blocks.style.height = 25 * rows + 'px';
    trail.replaceChildren(...above.flatMap((node, at) => {
      const button = text('button', node.name);
      if (node === zoomed) button.setAttribute('aria-current', 'true');
      button.addEventListener('click', () => zoom(node));
      return at === 0 ? [button] : [text('span', '/'), button];
    }));
    const legend = metric === 'wall'
      ? [['import', 'imports'], ['exec', 'executing the file'], ['rewrite', 'rewriting assertions'], ['rest', 'finding its tests']]
      : [['heat', metric === 'cpu' ? 'more CPU time' : 'more memory'], ['cool', 'less']];
    keys.replaceChildren(...legend.map(([color, label]) => {
      const key = text('span', label, 'key');
      key.style.setProperty('--key', 'var(--' + color + ')');
      return key;
    }));
  };

  const isBelow = (node, upper) => {
    for (let above = node; above; above = above.parent) if (above === upper) return true;
    return false;
  };
`;
