(() => {
  // Shows beside a citation's number what it cites: where the mouse rests on it, where the focus is on it, and at the
  // first touch of it; the second touch opens the article. What is shown is a copy of the card that is in the page for
  // screen readers, which read it out with the number.
  const rest = 150; // milliseconds
  let card = null;
  let shown = null; // the number whose card is shown
  let pointer = 'mouse';
  let timer = 0;

  const numberAt = (target) => target.closest?.('button.cite[aria-describedby]') ?? null;
  const onCard = (target) => Boolean(card && target instanceof Node && card.contains(target));

  function build() {
    card = Object.assign(document.createElement('div'), { id: 'card', popover: 'manual', ariaHidden: 'true' });
    document.body.append(card);
  }

  function place(number) {
    const edge = 8;
    const at = number.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = card;
    const left = Math.min(Math.max(at.left + at.width / 2 - width / 2, edge), window.innerWidth - width - edge);
    const below = at.bottom + edge;
    const fits = below + height <= window.innerHeight - edge;
    card.style.left = `${Math.max(left, edge)}px`;
    card.style.top = `${fits ? below : Math.max(at.top - height - edge, edge)}px`;
  }

  function show(number) {
    window.clearTimeout(timer);
    const text = document.getElementById(number.getAttribute('aria-describedby'));
    if (!text || number === shown) return;
    if (!card) build();
    card.replaceChildren(...[...text.childNodes].map((node) => node.cloneNode(true)));
    card.dataset.reader = number.dataset.reader; // a click on the card opens the article too
    shown = number;
    card.showPopover();
    place(number);
  }

  function hide() {
    window.clearTimeout(timer);
    shown = null;
    if (card?.matches(':popover-open')) card.hidePopover();
  }

  function soon(act) {
    window.clearTimeout(timer);
    timer = window.setTimeout(act, rest);
  }

  document.addEventListener('pointerover', (event) => {
    if (event.pointerType === 'touch') return;
    const number = numberAt(event.target);
    if (number) soon(() => number.isConnected && show(number));
    else if (onCard(event.target)) window.clearTimeout(timer);
    else if (shown !== document.activeElement) soon(hide);
    else window.clearTimeout(timer);
  });

  document.addEventListener('focusin', (event) => {
    const number = numberAt(event.target);
    if (number?.matches(':focus-visible')) show(number);
    else if (!number) hide();
  });

  // Before the drawer, which acts on clicks on their way down to where they were made.
  window.addEventListener('pointerdown', (event) => (pointer = event.pointerType), true);
  window.addEventListener(
    'click',
    (event) => {
      const number = numberAt(event.target);
      if (number && pointer === 'touch' && number !== shown) {
        event.stopImmediatePropagation();
        event.preventDefault();
        show(number);
      } else if (shown) {
        window.setTimeout(hide); // once the drawer has acted
      }
    },
    true,
  );

  window.addEventListener(
    'keydown',
    (key) => {
      pointer = 'keyboard';
      if (key.key !== 'Escape' || !shown) return;
      key.stopImmediatePropagation(); // what else is open stays open
      key.preventDefault();
      hide();
    },
    true,
  );

  // A number that gets the focus is brought into view: its card goes with it.
  const moved = () => shown && (shown === document.activeElement ? place(shown) : hide());
  window.addEventListener('scroll', moved, { capture: true, passive: true });
  window.addEventListener('resize', moved);
})();
