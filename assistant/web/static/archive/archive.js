(() => {
  // Shows the conversation or the archive, as the address says: #ask, #archive.
  const root = document.documentElement;
  const scrolled = {}; // where each was left
  let view = '';

  function show() {
    const wanted = window.location.hash === '#archive' ? 'archive' : 'ask';
    if (view !== wanted) {
      scrolled[view] = window.scrollY;
      view = wanted;
      root.dataset.view = view;
      window.scrollTo({ top: scrolled[view] ?? 0, behavior: 'instant' });
    }
    mark();
  }

  function mark() {
    for (const link of document.querySelectorAll('.views a')) {
      if (link.dataset.view === view) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
  }

  // Past what every view begins with.
  function skip() {
    const content = document.querySelector(view === 'archive' ? '#archive-view' : '#talk');
    content.tabIndex = -1;
    content.focus({ preventScroll: true });
  }

  document.addEventListener('click', (click) => {
    if (click.target.closest?.('button[data-action="skip"]')) skip();
  });
  window.addEventListener('hashchange', show);
  show();

  // Once files are chosen Gradio has a button without a name for more of them, and in it another one, which does the work.
  const more = () => document.querySelector('#archive-files button:has(button)');
  function nameMore() {
    const inner = more()?.querySelector('button:not([inert])');
    if (!inner) return;
    inner.inert = true;
    more().ariaLabel = more().title = 'Choose more files';
  }
  document.addEventListener('click', ({ target }) => {
    const inner = more()?.contains(target) && more().querySelector('button');
    if (inner && !inner.contains(target)) inner.click();
  });

  // What in the list a button gives way to, which has the focus then.
  let heir = null;
  const heirs = {
    sure: () => '[data-focus]',
    keep: (article) => `[data-action=sure][data-value="${CSS.escape(article)}"]`,
    remove: () => '.done',
  };
  document.addEventListener('click', (click) => {
    const { action, value } = click.target.closest?.('#archive-list button[data-action]')?.dataset ?? {};
    heir = heirs[action]?.(value) ?? heir;
  });
  new MutationObserver(() => {
    if (!document.querySelector('.views a[aria-current]')) mark();
    nameMore();
    const found = heir && document.querySelector(`#archive-list ${heir}`);
    if (found) {
      heir = null;
      found.focus();
    }
  }).observe(document.body ?? root, { childList: true, subtree: true });
})();
