(() => {
  const zh = new Intl.Collator('zh', {numeric: true});
  const all = (q, e = document) => [...e.querySelectorAll(q)];
  const id = s => document.getElementById(s);
  const number = s => /^[-+]?[\d,.]+%?$/.test(s) ? parseFloat(s.replace(/[,%]/g, '')) : NaN;
  const empty = s => !s || s === '·';
  const order = (a, b, down) => {
    if (empty(a) || empty(b)) return empty(a) - empty(b);
    const x = number(a), y = number(b);
    return down * (isNaN(x) || isNaN(y) ? zh.compare(a, b) : x - y);
  };
  const say = (f, n) => {
    const c = f.querySelector('.count');
    if (c) c.textContent = c.dataset.words.replace('{}', n.toLocaleString('en'));
  };
  all('figure.table').forEach(f => {
    const body = f.querySelector('tbody'), rows = [...body.rows];
    all('thead th', f).forEach((th, i) => {
      const b = document.createElement('button');
      if (th.querySelector('a')) {
        b.ariaLabel = '↕ ' + th.textContent;
        b.append('↕');
      } else b.append(...th.childNodes);
      th.append(b);
      b.onclick = () => {
        const down = th.getAttribute('aria-sort') === 'ascending' ? -1 : 1;
        all('th', f).forEach(t => t.removeAttribute('aria-sort'));
        th.setAttribute('aria-sort', down > 0 ? 'ascending' : 'descending');
        const text = r => (r.cells[i] ? r.cells[i].textContent.trim() : '');
        body.append(...rows.sort((a, b) => order(text(a), text(b), down)));
      };
    });
    const input = f.querySelector('.tools input');
    if (!input) return;
    input.parentNode.hidden = false;
    input.oninput = () => {
      const want = input.value.trim().toLowerCase();
      let n = 0;
      rows.forEach(r => {
        r.hidden = !r.textContent.toLowerCase().includes(want);
        n += !r.hidden;
      });
      say(f, n);
    };
  });
  const box = id('query');
  if (!box) return;
  const data = JSON.parse(id('sentences').textContent);
  const list = id('hits'), told = id('told');
  const look = () => {
    const want = box.value.trim();
    list.replaceChildren();
    told.textContent = '';
    if (!want) return;
    const words = want.split(/\s+/);
    const hits = data.rows.filter(r => words.every(w => r[2].includes(w)));
    const n = hits.length;
    told.textContent = told.dataset.words.replace('{}', Math.min(100, n)).replace('{}', n);
    hits.slice(0, 100).forEach(([d, s, t]) => {
      const li = document.createElement('li'), a = document.createElement('a');
      a.href = 'sources/' + encodeURIComponent(data.docs[d][0]) + '.html#' + s;
      a.textContent = data.docs[d][1];
      li.append(a, ' ');
      let at = 0, i;
      while ((i = t.indexOf(words[0], at)) >= 0) {
        const m = document.createElement('mark');
        m.textContent = words[0];
        li.append(t.slice(at, i), m);
        at = i + words[0].length;
      }
      li.append(t.slice(at));
      list.append(li);
    });
  };
  box.value = decodeURIComponent(location.hash.slice(1));
  look();
  box.oninput = look;
  box.form.onsubmit = e => e.preventDefault();
  id('ask').hidden = false;
})();
