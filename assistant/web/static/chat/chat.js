(() => {
  // What the page does without the server: opens and closes the sources, copies, and keeps the newest words in view.
  // It moves and marks what is there and never makes markup of text.
  const root = document.documentElement;
  const narrow = window.matchMedia('(max-width: 1099px)');
  const still = window.matchMedia('(prefers-reduced-motion: reduce)');
  const touch = window.matchMedia('(pointer: coarse)');
  let wanted = null; // the source to show as soon as it is on the page: { entry, number }
  let origin = null; // the button that asked for it: focus goes back there
  let following = false; // whether the page follows the answer as it grows

  const panel = () => document.querySelector('#sources .sources');

  function reveal() {
    const sources = panel();
    if (!wanted || !sources || sources.dataset.entry !== wanted.entry) return;
    const cited = document.getElementById(`source-${wanted.entry}-${wanted.number}`);
    const target = cited ?? sources.querySelector('#sources-heading');
    wanted = null;
    sources.querySelectorAll('mark.current').forEach((mark) => mark.classList.remove('current'));
    cited?.classList.add('current');
    // Where the article is open beside it, the focus is there.
    if (!root.hasAttribute('data-reading')) target.focus({ preventScroll: true });
    const scroller = document.querySelector('#side');
    const offset = target.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    scroller.scrollTo({
      top: cited ? scroller.scrollTop + offset - scroller.clientHeight / 3 : 0,
      behavior: still.matches ? 'auto' : 'smooth',
    });
  }

  function layOut(open) {
    root.toggleAttribute('data-sources-open', open);
    // On a narrow page the sources lie over the conversation: what lies below must not take the focus.
    for (const id of ['masthead', 'talk']) {
      document.getElementById(id)?.toggleAttribute('inert', open && narrow.matches);
    }
  }

  function show(button) {
    wanted = { entry: button.dataset.value, number: button.dataset.number ?? '0' };
    origin = button;
    layOut(!root.hasAttribute('data-reading'));
    reveal();
  }

  function close() {
    wanted = null;
    layOut(false);
    if (origin?.isConnected) origin.focus();
  }

  async function copy(button) {
    const text = button.dataset.copy;
    const label = button.textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Pages that are not served from this machine or over https have no clipboard of their own.
      const area = Object.assign(document.createElement('textarea'), { value: text, className: 'for-screen-readers' });
      document.body.append(area);
      area.select();
      document.execCommand('copy');
      area.remove();
      button.focus();
    }
    if (label === 'Copied') return;
    button.textContent = 'Copied';
    window.setTimeout(() => (button.textContent = label), 1600);
  }

  function focusBox() {
    if (!touch.matches) document.querySelector('#question textarea')?.focus({ preventScroll: true });
  }

  document.addEventListener('click', (click) => {
    // "Ask" and "Stop" take each other's place: the focus would go with them.
    if (click.target.closest?.('#question button')) return focusBox();
    const button = click.target.closest?.('button[data-action]');
    switch (button?.dataset.action) {
      case 'show':
        return show(button);
      case 'close':
        return close();
      case 'copy':
        return void copy(button);
      case 'ask':
      case 'retry':
      case 'keep':
        return focusBox();
    }
  });

  // A reason that lies over what is below it goes with the escape key, until its mark is pointed at anew.
  function dismiss() {
    const reason = document.querySelector('.flagged:not(.dismissed):is(:hover, :focus-within)');
    reason?.classList.add('dismissed');
    return Boolean(reason);
  }
  const renew = (event) => event.target.closest?.('.flagged.dismissed')?.classList.remove('dismissed');
  document.addEventListener('focusin', renew);
  document.addEventListener('pointerover', (event) => event.target.matches('.flag') && renew(event));

  document.addEventListener('keydown', (key) => {
    if (key.key === 'Escape' && dismiss()) return;
    const inside = document.querySelector('#side')?.contains(document.activeElement);
    if (key.key === 'Escape' && (inside || (root.hasAttribute('data-sources-open') && narrow.matches))) close();
  });

  narrow.addEventListener('change', () => layOut(false));

  // It is followed until its question is at the top: there it can be read from its beginning. Who goes on to its end is
  // kept there.
  const below = () => root.scrollHeight - window.scrollY - window.innerHeight;
  const bottom = () => root.scrollHeight - window.innerHeight;
  window.addEventListener('scroll', () => (following = below() < 80), { passive: true });

  function follow(begins) {
    const question = document.getElementById(followed.id); // of the finished entry, where that is there already
    if (!question || question.textContent !== followed.text) return; // it is another conversation's
    const entry = question.closest('.entry');
    const head = document.getElementById('masthead')?.offsetHeight ?? 0;
    const top = window.scrollY + entry.getBoundingClientRect().top - head;
    // The reader has gone on; a few pixels are the browser's, which holds its place while the page changes.
    const beyond = !begins && window.scrollY > reached + 40;
    if (!beyond) reached = Math.min(top, bottom());
    window.scrollTo({ top: beyond ? bottom() : reached, behavior: 'instant' });
  }

  let asked = '';
  let reached = 0; // where the page was scrolled to
  let followed = {}; // the question, also once it is answered: { id, text }
  new MutationObserver(() => {
    reveal();
    const live = document.querySelector('#live .entry .question');
    const begins = Boolean(live) && live.id !== asked;
    asked = live?.id ?? '';
    if (begins) followed = { id: live.id, text: live.textContent };
    following ||= begins;
    if (following) follow(begins);
    root.toggleAttribute('data-asked', Boolean(document.querySelector('#talk .entry')));
  }).observe(document.body, { childList: true, subtree: true, characterData: true, attributeFilter: ['data-entry'] });
})();
