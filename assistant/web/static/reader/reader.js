(() => {
  // What the reader does beyond its links: steps by keyboard, finds words, copies the address of a sentence.
  // It moves and marks what is there and never makes markup of text.
  const root = document.documentElement;
  const text = document.querySelector('#text');
  const still = window.matchMedia('(prefers-reduced-motion: reduce)');
  const inside = window.parent !== window; // in the panel beside the conversation
  const behaviour = () => (still.matches ? 'auto' : 'smooth');

  root.classList.add('scripted');
  try {
    // The chat may be dark by its own choice.
    if (inside) root.classList.add('framed', window.parent.document.body.classList.contains('dark') ? 'dark' : 'light');
  } catch {
    // Another site's page cannot hold this one, and need not be asked.
  }
  if (!text) return;

  const sentences = [...text.querySelectorAll('.sentence')].filter((sentence) => sentence.querySelector('.link'));
  const addressed = document.getElementById('here');
  let chosen = null; // the sentence that the reader has gone to

  // With the keys below nobody has to pass every sentence's link on the way.
  text.querySelectorAll('.link').forEach((link) => (link.tabIndex = -1));

  // -- the addressed sentence ---------------------------------------------------------------------------------------

  function arrive() {
    addressed?.scrollIntoView({ block: 'center', behavior: 'instant' });
    addressed?.focus({ preventScroll: true });
  }
  arrive();
  document.fonts?.ready.then(arrive);

  function step(direction) {
    const link = document.querySelector(`[data-step="${direction}"]`);
    if (link) window.location.replace(link.href); // a step is no place to come back to
  }

  // -- sentences ----------------------------------------------------------------------------------------------------

  function select(sentence) {
    chosen?.classList.remove('current');
    chosen = sentence;
    chosen?.classList.add('current');
  }

  function move(by) {
    const from = chosen ?? addressed?.closest('.sentence');
    const at = sentences.indexOf(from);
    const visible = sentences.findIndex((sentence) => sentence.getBoundingClientRect().bottom > window.innerHeight / 4);
    const next = sentences[at < 0 ? Math.max(visible, 0) : Math.min(Math.max(at + by, 0), sentences.length - 1)];
    if (!next) return;
    select(next);
    next.tabIndex = -1;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: 'nearest', behavior: behaviour() });
  }

  function link() {
    if (chosen) return chosen.querySelector('.link').href;
    const address = new URL(window.location.href);
    address.searchParams.delete('cited');
    if (addressed) address.hash = 'here';
    return address.href;
  }

  let saying = 0;
  function say(line) {
    document.getElementById('said').textContent = line;
    window.clearTimeout(saying);
    saying = window.setTimeout(() => (document.getElementById('said').textContent = ''), 2500);
  }

  async function copy(address) {
    try {
      await navigator.clipboard.writeText(address);
    } catch {
      // Pages that are not served from this machine or over https have no clipboard of their own.
      const focused = document.activeElement;
      const area = Object.assign(document.createElement('textarea'), { value: address, className: 'for-screen-readers' });
      document.body.append(area);
      area.select();
      document.execCommand('copy');
      area.remove();
      focused?.focus({ preventScroll: true });
    }
    say(chosen || addressed ? 'Link to this sentence copied' : 'Link to this article copied');
  }

  text.addEventListener('click', (click) => {
    const link = click.target.closest('.link');
    const sentence = click.target.closest('.sentence');
    if (link && !click.metaKey && !click.ctrlKey && !click.shiftKey) {
      click.preventDefault();
      select(sentence);
      copy(link.href);
    } else if (sentences.includes(sentence) && window.getSelection().isCollapsed) {
      select(sentence === chosen ? null : sentence);
    }
  });

  // -- finding ------------------------------------------------------------------------------------------------------

  const form = document.querySelector('.find');
  const box = document.getElementById('find');
  const output = document.getElementById('found');
  const canMark = 'highlights' in (window.CSS ?? {});
  let found = [];
  let at = -1;

  function places(words) {
    const pieces = [];
    let whole = '';
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      pieces.push({ node, start: whole.length });
      whole += node.data;
    }
    const place = (offset, isEnd) => {
      let low = 0;
      let high = pieces.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        const before = isEnd ? pieces[middle].start < offset : pieces[middle].start <= offset;
        if (before) low = middle;
        else high = middle - 1;
      }
      return [pieces[low].node, offset - pieces[low].start];
    };
    const escaped = words.trim().replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
    const pattern = new RegExp(escaped.replace(/\s+/g, '\\s+'), 'giu');
    return [...whole.matchAll(pattern)].slice(0, 2000).map((match) => {
      const range = document.createRange();
      range.setStart(...place(match.index, false));
      range.setEnd(...place(match.index + match[0].length, true));
      return range;
    });
  }

  function show() {
    form.classList.toggle('active', box.value.trim() !== '');
    output.textContent = box.value.trim() ? (found.length ? `${at + 1} of ${found.length}` : 'None') : '';
    if (canMark) {
      CSS.highlights.set('found', new Highlight(...found));
      CSS.highlights.set('found-current', new Highlight(...(found[at] ? [found[at]] : [])));
    }
    const node = found[at]?.startContainer;
    if (!node) return;
    const top = found[at].getBoundingClientRect().top;
    window.scrollBy({ top: top - window.innerHeight / 3, behavior: behaviour() });
  }

  function find() {
    found = box.value.trim() ? places(box.value) : [];
    const below = found.findIndex((range) => range.getBoundingClientRect().top >= 0);
    at = found.length ? Math.max(below, 0) : -1;
    show();
  }

  function turn(by) {
    if (found.length) at = (at + by + found.length) % found.length;
    show();
  }

  box.addEventListener('input', find);
  form.addEventListener('submit', (submit) => {
    submit.preventDefault();
    turn(1);
  });

  // -- buttons and keys ---------------------------------------------------------------------------------------------

  document.addEventListener('click', (click) => {
    const step = click.target.closest('[data-step]');
    if (step && !click.metaKey && !click.ctrlKey && !click.shiftKey) {
      click.preventDefault();
      window.location.replace(step.href);
    }
    switch (click.target.closest('button[data-action]')?.dataset.action) {
      case 'copy-link':
        return void copy(link());
      case 'find-next':
        return turn(1);
      case 'find-previous':
        return turn(-1);
    }
  });

  document.addEventListener('keydown', (key) => {
    if (key.ctrlKey || key.metaKey || key.altKey) return;
    if (key.target === box) {
      if (key.key === 'Enter') {
        key.preventDefault();
        turn(key.shiftKey ? -1 : 1);
      } else if (key.key === 'Escape' && box.value) {
        key.stopPropagation(); // the panel stays open
        box.value = '';
        find();
      }
      return;
    }
    const acts = {
      n: () => step('next'),
      p: () => step('previous'),
      j: () => move(1),
      k: () => move(-1),
      c: () => void copy(link()),
      '/': () => box.focus(),
    };
    if (acts[key.key]) {
      key.preventDefault();
      acts[key.key]();
    }
  });
})();
