(() => {
  // The panel of kept conversations, the dialogs, and what the server says was done. Text is only ever set as text.
  const root = document.documentElement;
  const docked = window.matchMedia('(min-width: 1400px)');
  const parameter = 'conversation';
  let origin = null; // what opened a dialog: focus goes back there
  let deleted = null; // what opened the dialog of a deletion, and will be gone with the conversation

  // -- the panel -------------------------------------------------------------------------------------------------

  const panel = () => document.getElementById('conversations');
  const isOpen = () => root.hasAttribute('data-conversations-open');
  const toggle = () => document.querySelector('#toggle [data-action=conversations]');

  function layOut(open) {
    root.toggleAttribute('data-conversations-open', open);
    // Where it lies over the page, what lies below must not take the focus.
    for (const id of ['masthead', 'talk', 'side']) {
      document.getElementById(id)?.toggleAttribute('inert', open && !docked.matches);
    }
  }

  function remember(open) {
    try {
      if (docked.matches) localStorage.setItem('conversations-open', open);
    } catch {
      // A browser that keeps nothing.
    }
  }

  function remembered() {
    try {
      return localStorage.getItem('conversations-open') !== 'false';
    } catch {
      return true;
    }
  }

  function open() {
    layOut(true);
    remember(true);
    if (!docked.matches) document.getElementById('conversations-heading')?.focus();
  }

  function close() {
    const inside = panel()?.contains(document.activeElement);
    layOut(false);
    remember(false);
    if (inside) toggle()?.focus();
  }

  function done() {
    if (docked.matches) return;
    layOut(false);
    if (!window.matchMedia('(pointer: coarse)').matches) document.querySelector('#question textarea')?.focus();
  }

  // -- the dialogs -----------------------------------------------------------------------------------------------

  function ask(button) {
    const { action, value, title, comment } = button.dataset;
    const dialog = document.querySelector(`dialog[data-dialog=${action}]`);
    const field = dialog.querySelector('[name=text]');
    const named = dialog.querySelector('.named');
    if (field) field.value = action === 'rename' ? title : comment;
    if (named) named.textContent = `“${title}”`;
    dialog.dataset.value = value;
    origin = button.closest('details')?.querySelector('summary') ?? button;
    button.closest('details')?.removeAttribute('open');
    dialog.showModal();
    field?.select();
  }

  document.addEventListener('submit', (submit) => {
    const dialog = submit.target.closest('dialog[data-dialog]');
    if (!dialog) return;
    const detail = {
      action: dialog.dataset.dialog,
      value: dialog.dataset.value,
      text: dialog.querySelector('[name=text]')?.value ?? '',
    };
    if (detail.action === 'delete') deleted = origin;
    dialog.dispatchEvent(new CustomEvent('decided', { detail, bubbles: true }));
  });
  document.addEventListener(
    'close',
    (event) => {
      if (event.target.matches?.('dialog[data-dialog]') && origin?.isConnected) origin.focus();
    },
    true,
  );

  // -- what the server says --------------------------------------------------------------------------------------

  function showRating({ rated, rating, comment }) {
    const entry = document.getElementById(`entry-${rated}`);
    if (!entry) return;
    for (const thumb of entry.querySelectorAll('.thumb')) {
      thumb.ariaPressed = String(thumb.dataset.rating === rating);
    }
    const button = entry.querySelector('button.comment');
    button.hidden = !rating;
    button.dataset.comment = comment;
    button.textContent = comment ? 'Edit comment' : 'Add a comment';
  }

  function save({ save: name, kind, text }) {
    const address = URL.createObjectURL(new Blob([text], { type: `${kind};charset=utf-8` }));
    Object.assign(document.createElement('a'), { href: address, download: name }).click();
    window.setTimeout(() => URL.revokeObjectURL(address), 10_000);
  }

  let heard = null;
  function hear() {
    const said = document.querySelector('#said [role]');
    if (!said || said.dataset.nonce === heard) return;
    heard = said.dataset.nonce;
    for (const animation of said.getAnimations()) {
      animation.cancel(); // the line may be that of before, with other words
      animation.play();
    }
    if (said.dataset.rated) showRating(said.dataset);
    if (said.dataset.save) save(said.dataset);
  }

  // -- the address: it names the conversation that is shown --------------------------------------------------------

  let shown = null;
  function follow() {
    const current = document.querySelector('#kept nav')?.dataset.current;
    if (current === undefined || current === shown) return;
    shown = current;
    root.removeAttribute('data-opening');
    const address = new URL(location.href);
    if (current) address.searchParams.set(parameter, current);
    else address.searchParams.delete(parameter);
    if (address.href !== location.href) history.replaceState(history.state, '', address);
  }
  root.toggleAttribute('data-opening', new URLSearchParams(location.search).has(parameter));

  // -- events ----------------------------------------------------------------------------------------------------

  document.addEventListener('click', (click) => {
    const target = click.target;
    const button = target.closest?.('button[data-action]');
    for (const menu of document.querySelectorAll('#kept details[open]')) {
      if (!menu.contains(target) || button) menu.removeAttribute('open');
    }
    switch (button?.dataset.action) {
      case 'conversations':
        return isOpen() ? close() : open();
      case 'reopen':
      case 'begin':
        return done();
      case 'rename':
      case 'delete':
      case 'comment':
        return ask(button);
      case 'cancel':
        return button.closest('dialog').close();
    }
    const over = isOpen() && !docked.matches;
    if (over && !target.closest?.('#conversations, #toggle, #dialogs, #said')) close();
  });

  document.addEventListener('keydown', (key) => {
    if (key.key !== 'Escape' || document.querySelector('dialog[open]')) return;
    const menu = document.querySelector('#kept details[open]');
    if (menu) {
      menu.removeAttribute('open');
      menu.querySelector('summary').focus();
    } else if (isOpen() && !docked.matches) close();
  });

  docked.addEventListener('change', () => layOut(docked.matches && remembered()));
  root.toggleAttribute('data-conversations-open', docked.matches && remembered());

  new MutationObserver(() => {
    follow();
    hear();
    if (deleted && !deleted.isConnected) {
      deleted = null;
      if (document.activeElement === document.body) document.getElementById('conversations-heading').focus();
    }
    const button = toggle();
    if (button && button.ariaExpanded !== String(isOpen())) button.ariaExpanded = String(isOpen());
  }).observe(root, {
    childList: true,
    subtree: true,
    attributeFilter: ['data-current', 'data-nonce', 'data-conversations-open'],
  });
})();
