// Clicks in the archive's list that the server acts on, and the moment at which the list is first to be seen.
const actions = ['turn', 'sure', 'keep', 'remove', 'stop'];
element.addEventListener('click', (click) => {
  const { action, value } = click.target.closest('button[data-action]')?.dataset ?? {};
  if (actions.includes(action)) trigger(action, { value, at: performance.now() });
});
if (element.closest('#archive-list')) {
  const open = () => window.location.hash === '#archive' && trigger('open', {});
  window.addEventListener('hashchange', open);
  open();
}
