// What the page does beyond what it is without any script: arrow keys in the matrix, and pictures of latencies.
(() => {
  'use strict';

  /* Arrow keys go from cell to cell; cells without a link lead where their row and column lead. */
  const cellOf = (node) => node.closest && node.closest('.grid td, .grid tbody th');
  const rows = () => Array.from(document.querySelectorAll('.grid tbody tr'));
  const focusOn = (cell) => {
    const inner = cell.querySelector('a');
    const on = inner || cell;
    if (!inner) { cell.tabIndex = -1; }
    on.focus({preventScroll: true});
    on.scrollIntoView({block: 'nearest', inline: 'nearest'});
  };
  const step = {ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0]};
  document.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) { return; }
    const cell = cellOf(event.target);
    if (!cell) { return; }
    const row = cell.parentElement;
    if (event.key === 'Enter' && event.target === cell) {
      open(cell);
      return;
    }
    let to = null;
    if (event.key === 'Home') { to = row.cells[0]; }
    if (event.key === 'End') { to = row.cells[row.cells.length - 1]; }
    const by = step[event.key];
    if (by) {
      const all = rows();
      const target = all[all.indexOf(row) + by[0]];
      to = target && target.cells[cell.cellIndex + by[1]];
    }
    if (to) {
      event.preventDefault();
      focusOn(to);
    }
  });
  const open = (cell) => {
    const link = cell.parentElement.querySelector('th a');
    const head = cell.closest('table').tHead.rows[0].cells[cell.cellIndex];
    if (link && head && cell.tagName === 'TD' && cell.textContent) {
      const at = link.search;
      location.assign(link.pathname + '/targets/' + encodeURIComponent(head.textContent) + at);
    }
  };
  document.addEventListener('click', (event) => {
    const cell = event.target.closest && event.target.closest('.fine .grid td');
    if (cell && !event.target.closest('a')) { open(cell); }
  });

  /* What was swapped keeps the place where somebody was in it, and is told to who does not see it. */
  let held = null;
  document.addEventListener('htmx:beforeSwap', () => {
    const cell = document.activeElement && cellOf(document.activeElement);
    held = cell ? [rows().indexOf(cell.parentElement), cell.cellIndex] : null;
  });
  document.addEventListener('htmx:afterSettle', () => {
    const row = held && rows()[held[0]];
    if (row && row.cells[held[1]]) { focusOn(row.cells[held[1]]); }
    held = null;
    const news = document.getElementById('news');
    if (news) { news.textContent = 'What is shown was brought up to date.'; }
    draw();
  });

  /* Latencies, fetched as JSON and drawn in the colours of the page. */
  const drawn = new WeakSet();
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const lines = ['--link', '--down', '--ok', '--unknown', '--bad', '--soft'];
  const draw = () => document.querySelectorAll('[data-latencies]').forEach((box) => {
    if (drawn.has(box) || !window.uPlot) { return; }
    drawn.add(box);
    fetch(box.dataset.latencies, {headers: {Accept: 'application/json'}})
      .then((answer) => (answer.ok ? answer.json() : Promise.reject(new Error(answer.statusText))))
      .then((told) => picture(box, told))
      .catch(() => { box.textContent = 'The latencies could not be read; load the page again.'; });
  });
  const picture = (box, told) => {
    if (!told.times.length) {
      box.textContent = 'Nothing was measured in this time.';
      return;
    }
    box.textContent = '';
    const grid = {stroke: colour('--line'), width: 1};
    const axis = {stroke: colour('--soft'), grid, ticks: grid};
    const clock = (seconds, digits) => new Date(seconds * 1000).toISOString().slice(11, digits);
    const times = (self, all) => all.map((at) => clock(at, told.times[told.times.length - 1] - told.times[0] < 900 ? 19 : 16));
    const plot = new window.uPlot({
      width: box.clientWidth,
      height: Math.max(200, Math.min(280, box.clientWidth / 2.4)),
      tzDate: (seconds) => window.uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC'),
      scales: {y: {range: (self, low, high) => [0, Math.max(1, (high || 1) * 1.1)]}},
      series: [{label: 'UTC', value: (self, at) => (at == null ? '-' : clock(at, 19))}].concat(told.series.map((one, i) => ({
        label: one.name,
        stroke: colour(lines[i % lines.length]),
        dash: i >= lines.length ? [6, 3] : undefined,
        width: 1.5,
        points: {size: 4},
        spanGaps: false,
        value: (self, value) => (value == null ? '-' : value.toFixed(1) + ' ms'),
      }))),
      axes: [Object.assign({}, axis, {values: times}), Object.assign({}, axis, {values: (self, all) => all.map((v) => v + ' ms'), size: 76})],
    }, [told.times].concat(told.series.map((one) => one.millis)), box);
    new ResizeObserver(() => {
      if (box.clientWidth && box.clientWidth !== plot.width) { plot.setSize({width: box.clientWidth, height: plot.height}); }
    }).observe(box);
  };
  draw();
})();
