// A long step is kept while it is typed: what is in the boxes when a session ends waits on the server for whoever typed it to come
// in again. In a browser that others use it would wait for those too.
(() => {
  const lugar = document.querySelector('[data-teclear]'), hoja = lugar.querySelector('form');
  const voz = document.getElementById('teclear');
  voz.textContent = '';  // until now it says what there is to know without this file
  let espera, vuelo;
  const enviar = async () => {
    const r = await fetch(lugar.dataset.teclear, { method: 'POST', body: new FormData(hoja), redirect: 'manual', keepalive: true })
      .catch(() => ({}));
    if (r.ok) hoja.elements.marca.value = await r.text();
    voz.textContent = r.ok ? 'Lo que escribe queda guardado hasta que lo guarde o lo descarte.'
      : r.status === 409 ? 'Este borrador cambió en otra pestaña: guarde para comparar.' : '';
  };
  const guardar = async () => {
    espera = clearTimeout(espera);
    await vuelo;
    await (vuelo = enviar());
    vuelo = null;
  };
  hoja.addEventListener('input', () => { espera ??= setTimeout(guardar, 5000); });
  document.addEventListener('visibilitychange', () => { if (espera && document.hidden) guardar(); });
  // The mark of what was kept last goes along with the form.
  hoja.addEventListener('submit', async (e) => {
    espera = clearTimeout(espera);
    if (!vuelo) return;
    e.preventDefault();
    await vuelo;
    hoja.requestSubmit(e.submitter);
  });
})();
