(() => {
  // Gradio's page stops listening when the server says that nothing is pending. Whatever is asked for while that word
  // is on its way would never be heard of: as long as something is, the page goes on listening.
  const send = window.fetch;
  const pending = new Set(); // events that are not over, and requests for events that have no id yet
  const over = new Set(); // events that were over before their id was told

  async function join(...request) {
    pending.add(request);
    try {
      const response = await send(...request);
      const { event_id: event } = response.ok ? await response.clone().json() : {};
      if (event && !over.delete(event)) pending.add(event);
      return response;
    } finally {
      pending.delete(request);
    }
  }

  // Whether the page is to hear a message.
  function isHeard(message) {
    const [, kind, event] = message.match(/^data: *\{"msg": *"(\w+)"(?:, *"event_id": *"(\w+)")?/) ?? [];
    if (kind === 'process_completed' && !pending.delete(event)) over.add(event);
    return kind !== 'close_stream' || !pending.size;
  }

  async function* heard(body) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const messages = (rest + value).split('\n\n');
      rest = messages.pop();
      for (const message of messages) yield message;
    }
  }

  async function listen(...request) {
    const [first, ...same] = request;
    const address = new Request(first, ...same);
    const response = await send(address.clone());
    if (!response.ok) return response;

    async function pass(page) {
      let { body } = response;
      while (body) {
        let goesOn = false;
        for await (const message of heard(body)) {
          if (isHeard(message)) page.enqueue(`${message}\n\n`);
          else goesOn = true;
        }
        body = goesOn ? (await send(address.clone())).body : null;
      }
      page.close();
    }

    const stream = new ReadableStream({ start: (page) => void pass(page).catch((error) => page.error(error)) });
    return new Response(stream.pipeThrough(new TextEncoderStream()), { headers: response.headers });
  }

  window.fetch = (...request) => {
    const { pathname } = new URL(request[0].url ?? request[0], document.baseURI);
    if (pathname.endsWith('/gradio_api/queue/join')) return join(...request);
    return pathname.endsWith('/gradio_api/queue/data') ? listen(...request) : send(...request);
  };
})();
