(() => {
  // Opens the reader beside the conversation for what has `data-reader`, its address. A click with a key that asks for
  // a new tab, or with the middle button, goes to the reader's own page instead.
  const root = document.documentElement;
  const narrow = window.matchMedia('(max-width: 1099px)');
  let panel = null;
  let origin = null; // what opened it: focus goes back there

  function make(name, attributes, ...children) {
    const element = Object.assign(document.createElement(name), attributes);
    element.append(...children);
    return element;
  }

  function build() {
    const apart = make('a', { target: '_blank', rel: 'noopener', textContent: 'Open in a new tab' });
    const back = make('button', { type: 'button', textContent: 'Close the article' });
    back.addEventListener('click', close);
    panel = make('aside', { id: 'reader', ariaLabel: 'Article' }, make('header', {}, apart, back));
    document.body.append(panel);
  }

  function layOut() {
    const open = Boolean(panel && !panel.hidden);
    root.toggleAttribute('data-reading', open);
    // On a narrow page it lies over everything: what lies below must not take the focus.
    document.querySelector('.gradio-container')?.toggleAttribute('inert', open && narrow.matches);
  }

  function show(address) {
    if (!panel) build();
    panel.querySelector('a').href = address;
    panel.querySelector('iframe')?.remove();
    // A new frame each time: going to another address in one would be a place that the back button stops at.
    const frame = make('iframe', { title: 'Article', src: address });
    frame.addEventListener('load', () => {
      frame.contentWindow.focus();
      frame.contentDocument.getElementById('here')?.focus({ preventScroll: true });
      frame.contentWindow.addEventListener('keydown', (key) => key.key === 'Escape' && close());
    });
    panel.append(frame);
    panel.hidden = false;
    layOut();
  }

  function close() {
    panel.hidden = true;
    panel.querySelector('iframe')?.remove();
    layOut();
    if (origin?.isConnected) origin.focus();
  }

  function opener(click) {
    return click.target.closest?.('[data-reader]');
  }

  // While the event goes down, so that whoever acts on it afterwards knows that the reader is open.
  document.addEventListener(
    'click',
    (click) => {
      const opened = opener(click);
      if (!opened) return;
      const apart = click.metaKey || click.ctrlKey || click.shiftKey;
      if (!apart) {
        click.preventDefault();
        origin = opened;
        show(opened.dataset.reader);
      } else if (opened.tagName !== 'A') {
        window.open(opened.dataset.reader, '_blank', 'noopener');
        click.stopPropagation();
      }
    },
    true,
  );
  document.addEventListener('auxclick', (click) => {
    const opened = opener(click);
    if (click.button === 1 && opened && opened.tagName !== 'A') {
      window.open(opened.dataset.reader, '_blank', 'noopener');
    }
  });
  document.addEventListener(
    'keydown',
    (key) => {
      if (key.key !== 'Escape' || !root.hasAttribute('data-reading')) return;
      key.stopPropagation(); // the sources below stay open
      close();
    },
    true,
  );
  narrow.addEventListener('change', layOut);
})();
