(() => {
  // Keeps for this tab what is written in the box and not asked yet: after a reload it is there again.
  const key = 'draft';
  let restored = false;
  let leaving = false; // logging out: whoever logs in next shall not find it

  const box = () => document.querySelector('#question textarea');

  function keep() {
    try {
      if (leaving) sessionStorage.removeItem(key);
      else if (restored) sessionStorage.setItem(key, box()?.value ?? '');
    } catch {
      // A browser that keeps nothing.
    }
  }

  function restore() {
    let text = '';
    try {
      text = sessionStorage.getItem(key) ?? '';
    } catch {
      // A browser that keeps nothing.
    }
    if (!text || box().value) return;
    box().value = text;
    box().dispatchEvent(new Event('input', { bubbles: true }));
  }

  // The list comes with the conversation that the page's address names, and with it the box is emptied.
  const watching = new MutationObserver(() => {
    if (!box() || !document.querySelector('#kept nav')) return;
    watching.disconnect();
    window.setTimeout(() => {
      restored = true;
      restore();
    });
  });
  watching.observe(document.documentElement, { childList: true, subtree: true });

  document.addEventListener('click', (click) => (leaving = Boolean(click.target.closest?.('#log-out a'))));
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && keep());
  window.addEventListener('pagehide', keep);
})();
