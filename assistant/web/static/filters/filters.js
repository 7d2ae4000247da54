(() => {
  // Opens and closes the filters, names their fields, takes filters off, and keeps the page's address to what is set.
  const root = document.documentElement;
  const parameters = ['as_of', 'from', 'to', 'source', 'model'];
  const labels = {
    'date-from': 'From this day, as in 2015-05-12: only articles of this day and later',
    'date-to': 'To this day, as in 2015-05-12: only articles of this day and earlier',
    'as-of': 'As of this day, as in 2015-05-12: what was published later is not looked at',
  };

  const isOpen = () => root.hasAttribute('data-filtering');
  const opener = () => document.querySelector('#filter-bar [data-action=filters]');

  function layOut(open) {
    root.toggleAttribute('data-filtering', open);
    if (opener()) opener().ariaExpanded = String(open);
  }

  function close() {
    const inside = document.getElementById('filters')?.contains(document.activeElement);
    layOut(false);
    if (inside) opener()?.focus();
  }

  // -- taking off: the chip goes at once, its field follows, and the server is told of what the fields hold then ------

  const clicked = []; // chips whose fields are still to be changed: { field, value }
  const gone = new Set(); // chips that are off, which a bar or a value made before that may bring once more
  const key = ({ field, value }) => `${field} ${value}`;

  function takeOff(button) {
    const { field, value } = button.dataset;
    clicked.push({ field, value });
    gone.add(key({ field, value }));
    const item = button.closest('li');
    item.parentNode.hidden = item.parentNode.children.length === 1;
    item.remove();
    opener()?.focus({ preventScroll: true });
  }

  // What the fields are to hold, given what they hold, in the order of `parameters`; `usual` is the chat's own model.
  window.takeOffFilters = (values, usual) => {
    const taken = clicked.splice(0); // with more than one click there is nothing left for the later ones to do
    return parameters.map((name, i) => {
      const off = taken.filter(({ field }) => field === name).map(({ value }) => value);
      if (!off.length) return { __type__: 'update' };
      // Not only what was clicked just now: the values may be older than the change that the last click made.
      if (name === 'source') return (values[i] ?? []).filter((value) => !gone.has(key({ field: name, value })));
      return name === 'model' ? usual : null;
    });
  };

  // -- the bar, from what the server tells of it. Its elements stay: one that is being pressed must not become another -

  function chip({ field, value, label }) {
    const button = document.createElement('button');
    Object.assign(button, { type: 'button', className: 'chip', value, ariaLabel: `Remove the filter: ${label}` });
    Object.assign(button.dataset, { action: 'unset', field, value });
    button.append(Object.assign(document.createElement('bdi'), { textContent: label }));
    const item = document.createElement('li');
    item.append(button);
    return item;
  }

  let made = null;
  function show() {
    const state = document.querySelector('#filters-set [data-nonce]');
    const list = document.querySelector('#filter-bar .chips');
    if (!state || !list || state.dataset.nonce === made) return; // the server has not told anything new
    made = state.dataset.nonce;
    const there = new Map([...list.children].map((item) => [key(item.firstChild.dataset), item]));
    const wanted = JSON.parse(state.dataset.chips).filter((one) => !gone.has(key(one)));
    const items = wanted.map((one) => there.get(key(one)) ?? chip(one));
    for (const item of there.values()) if (!items.includes(item)) item.remove();
    items.forEach((item, i) => list.children[i] === item || list.insertBefore(item, list.children[i] ?? null));
    list.hidden = !items.length;
    const problem = document.querySelector('#filter-bar .filter-problem');
    problem.textContent = state.dataset.problem ?? '';
    const bar = list.closest('.filter-bar');
    if (state.dataset.query !== undefined) bar.dataset.query = state.dataset.query;
  }

  // What is chosen in the fields counts, also where it was taken off just before.
  const chosen = (event) => event.target.closest?.('#filter-bar') || gone.clear();
  document.addEventListener('pointerdown', chosen, true);
  document.addEventListener('keydown', chosen, true);

  // On its way down, before the bar's own listener tells of it.
  document.addEventListener(
    'click',
    (click) => {
      const button = click.target.closest?.('button[data-action]');
      if (button?.dataset.action === 'filters') layOut(!isOpen());
      else if (button?.dataset.action === 'unset') takeOff(button);
    },
    true,
  );

  // A list of choices that is open goes first. It goes before the key comes here.
  let listed = false;
  const note = ({ target }) => (listed = Boolean(target.matches?.('#filters [aria-expanded="true"]')));
  document.addEventListener('keydown', note, true);
  document.addEventListener('keydown', (pressed) => {
    if (pressed.key !== 'Escape' || !isOpen() || pressed.defaultPrevented || listed) return;
    if (document.getElementById('composer')?.contains(document.activeElement)) close();
  });

  let query = null;
  function follow() {
    const wanted = document.querySelector('#filter-bar [data-query]')?.dataset.query;
    if (wanted === undefined || wanted === query) return;
    query = wanted;
    const address = new URL(location.href);
    for (const name of parameters) address.searchParams.delete(name);
    for (const [name, value] of new URLSearchParams(wanted)) address.searchParams.append(name, value);
    if (address.href !== location.href) history.replaceState(history.state, '', address);
  }

  // Gradio's date fields have a caption and no label.
  function label() {
    for (const [id, words] of Object.entries(labels)) {
      document.querySelector(`#${id} input:not([aria-label])`)?.setAttribute('aria-label', words);
      document.querySelector(`#${id}:not([title])`)?.setAttribute('title', words);
      document.querySelector(`#${id} .timebox > button:not([aria-label])`)?.setAttribute('aria-label', 'Choose a date');
    }
    for (const [i, turn] of document.querySelectorAll('#filters .nav-button:not([aria-label])').entries()) {
      turn.ariaLabel = i ? 'Next month' : 'Previous month';
    }
  }

  let asked = '';
  function makeRoom() {
    const question = document.querySelector('#live .entry .question')?.id ?? '';
    if (question && question !== asked && isOpen()) close(); // what is being answered is to be read
    asked = question;
  }

  new MutationObserver(() => {
    show();
    follow();
    label();
    makeRoom();
    const button = opener();
    if (button && button.ariaExpanded !== String(isOpen())) button.ariaExpanded = String(isOpen());
  }).observe(root, { childList: true, subtree: true, attributeFilter: ['data-nonce'] });
})();
