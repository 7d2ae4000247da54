(() => {
  // Opens and closes the filters, names their fields, and keeps the page's address to what is set.
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

  document.addEventListener('click', (click) => {
    const button = click.target.closest?.('button[data-action]');
    if (button?.dataset.action === 'filters') layOut(!isOpen());
    else if (button?.dataset.action === 'unset') opener()?.focus({ preventScroll: true }); // the chip is about to go
  });

  document.addEventListener('keydown', (key) => {
    if (key.key !== 'Escape' || !isOpen() || key.defaultPrevented) return;
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
      document.querySelector(`#${id} button:not([aria-label])`)?.setAttribute('aria-label', 'Choose a date');
    }
  }

  let asked = '';
  function makeRoom() {
    const question = document.querySelector('#live .entry .question')?.id ?? '';
    if (question && question !== asked && isOpen()) close(); // what is being answered is to be read
    asked = question;
  }

  new MutationObserver(() => {
    follow();
    label();
    makeRoom();
    const button = opener();
    if (button && button.ariaExpanded !== String(isOpen())) button.ariaExpanded = String(isOpen());
  }).observe(root, { childList: true, subtree: true, attributeFilter: ['data-query'] });
})();
