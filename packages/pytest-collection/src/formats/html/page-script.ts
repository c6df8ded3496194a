/** What the page does beside its icicle; everything on it can be read without. */
export const PAGE_SCRIPT: string = String.raw`
const all = (selector, root = document) => [...root.querySelectorAll(selector)];
const root = document.documentElement;
root.classList.add('scripts');
document.getElementById('theme').addEventListener('click', () => {
  const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = dark ? 'light' : 'dark';
});

const rounded = (value, digits) => {
  const whole = Math.abs(value) >= 10 ** (digits - 1);
  return (whole ? Math.round(value) : Number(value.toPrecision(digits))).toLocaleString('en-GB', { maximumFractionDigits: 6 });
};
const duration = (ms) => {
  if (ms < 999.5) return rounded(ms, 2) + ' ms';
  if (ms < 59950) return rounded(ms / 1000, 3) + ' s';
  const seconds = Math.round(ms / 1000);
  return Math.trunc(seconds / 60) + ' min' + (seconds % 60 ? ' ' + (seconds % 60) + ' s' : '');
};
const amount = (bytes) => {
  const names = ['B', 'kB', 'MB', 'GB', 'TB'];
  let step = 0;
  while (Math.abs(bytes) >= 999.5 && step < 4) { bytes /= 1000; step += 1; }
  return rounded(bytes, 3) + ' ' + names[step];
};
const share = (part, whole) => {
  if (!(whole > 0)) return '';
  const percent = 100 * part / whole;
  return (percent >= 1 ? Math.round(percent) : percent < 0.1 && percent > 0 ? '< 0.1' : Number(percent.toFixed(1))) + ' %';
};

for (const table of all('table.sortable')) {
  const body = table.tBodies[0];
  const heads = all('th', table);
  heads.forEach((head, column) => {
    head.firstChild.addEventListener('click', () => {
      const figures = head.classList.contains('n');
      const before = head.getAttribute('aria-sort');
      const descending = before ? before === 'ascending' : figures;
      for (const other of heads) other.removeAttribute('aria-sort');
      head.setAttribute('aria-sort', descending ? 'descending' : 'ascending');
      const value = (row) => figures ? Number(row.cells[column].dataset.value) : row.cells[column].textContent;
      const rows = [...body.rows].sort((left, right) => {
        const [a, b] = [value(left), value(right)];
        const order = figures ? a - b : a.localeCompare(b);
        return descending ? -order : order;
      });
      rows.forEach((row, at) => row.classList.toggle('later', at >= 12));
      body.replaceChildren(...rows);
    });
  });
}
for (const button of all('button.all')) {
  button.addEventListener('click', () => {
    button.parentElement.classList.add('whole');
    button.remove();
  });
}

for (const curve of all('.curve')) {
  const plot = curve.querySelector('.plot');
  const cross = curve.querySelector('.cross');
  const tip = curve.querySelector('.tip');
  const samples = JSON.parse(curve.dataset.samples);
  const wall = Number(curve.dataset.wall);
  let at = 0;
  const show = (next) => {
    at = Math.min(Math.max(next, 0), samples.length - 1);
    const [ms, bytes] = samples[at];
    const part = 100 * ms / wall;
    cross.hidden = tip.hidden = false;
    cross.style.left = part + '%';
    tip.style.left = part + '%';
    tip.style.translate = (part > 70 ? '-105%' : part < 8 ? '5%' : '-50%') + ' 0';
    tip.textContent = amount(bytes) + ' after ' + duration(ms);
  };
  const hide = () => { cross.hidden = tip.hidden = true; };
  plot.addEventListener('pointermove', (event) => {
    const box = plot.getBoundingClientRect();
    const ms = wall * (event.clientX - box.left) / box.width;
    let near = samples.findIndex(([time]) => time >= ms);
    if (near < 0) near = samples.length - 1;
    show(near > 0 && ms - samples[near - 1][0] < samples[near][0] - ms ? near - 1 : near);
  });
  plot.addEventListener('pointerleave', hide);
  plot.addEventListener('focus', () => show(at));
  plot.addEventListener('blur', hide);
  plot.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1, PageUp: -20, PageDown: 20, Home: -samples.length, End: samples.length }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    show(at + step);
  });
}
`;
