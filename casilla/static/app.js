// Extras only: every page works without this file. Nothing is inline anywhere, so the CSP needs no exception.
(() => {
  const $ = (s, en = document) => en.querySelector(s), todos = (s) => document.querySelectorAll(s);

  $('.resumen-error')?.focus();

  // What a page asks for by itself once it is open; opened without a script, as by mail scanners, it asks for nothing.
  $('form[data-enviar]')?.requestSubmit();

  for (const b of todos('[data-ver]')) {
    const caja = document.getElementById(b.dataset.ver);
    b.hidden = false;
    b.onclick = () => {
      const ver = caja.type === 'password';
      caja.type = ver ? 'text' : 'password';
      b.firstChild.data = ver ? 'Ocultar' : 'Mostrar';
    };
    // Browsers offer to keep a password only from a password box.
    caja.form.addEventListener('submit', () => { caja.type = 'password'; });
  }

  for (const b of todos('[data-copiar]')) {
    b.hidden = false;
    b.onclick = async () => {
      await navigator.clipboard.writeText($('#' + b.dataset.copiar).textContent.trim());
      $('#' + b.getAttribute('aria-describedby')).textContent = 'Copiado';
    };
  }

  // "Actualizar" fetches the same page, puts it in place, and its status says aloud whether anything is new,
  // or what its attribute says.
  document.addEventListener('click', async (e) => {
    const a = e.target.closest('[data-actualizar]');
    if (!a) return;
    e.preventDefault();
    const r = await fetch(a.href).catch(() => ({}));
    if (!r.ok || r.redirected) return location.assign(a.href);
    const otra = new DOMParser().parseFromString(await r.text(), 'text/html'), antes = $('tbody')?.textContent;
    for (const s of ['main', '.menu']) $(s)?.replaceChildren(...$(s, otra).childNodes);
    document.title = otra.title;
    $('[data-actualizar]').focus();
    const lista = antes === $('tbody')?.textContent ? 'No hay documentos nuevos. ' : 'La lista cambió. ';
    const voz = a.dataset.actualizar || lista;
    setTimeout(() => $('main [role=status]').prepend(voz), 100);
  });

  // A long step is kept while it is typed: whoever types is busy, so their session goes on, and what is in the boxes when it ends
  // waits on the server for them to come in again. In a browser that others use it would wait for those too.
  let sigue = () => {};
  const hoja = $('[data-teclear] form');
  if (hoja) {
    const adonde = hoja.parentNode.dataset.teclear, voz = $('#teclear');
    voz.textContent = '';  // until now it says what there is to know without this file
    let espera, vuelo;
    const enviar = async () => {
      const r = await fetch(adonde, { method: 'POST', body: new FormData(hoja), redirect: 'manual', keepalive: true }).catch(() => ({}));
      if (r.ok) {
        hoja.elements.marca.value = await r.text();
        sigue();
      }
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
  }

  const aviso = $('#aviso-sesion'), { sesionSegundos, sesionSeguir, sesionFin } = document.body.dataset;
  if (!aviso) return;
  const canal = new BroadcastChannel('casilla-sesion'), antes = Math.min(120, sesionSegundos / 2);
  let fin;
  const renovar = () => { fin = Date.now() + sesionSegundos * 1000; aviso.close(); };
  const irse = () => {
    clearInterval(reloj);
    location.assign(sesionFin + '&next=' + encodeURIComponent(location.pathname + location.search));
  };
  const seguir = async () => {
    const r = await fetch(sesionSeguir, { redirect: 'manual' }).catch(() => ({}));
    if (!r.ok) return irse();
    sigue();
  };
  canal.onmessage = renovar;
  $('button', aviso).onclick = seguir;
  aviso.oncancel = (e) => { e.preventDefault(); seguir(); };
  const reloj = setInterval(() => {
    const s = Math.ceil((fin - Date.now()) / 1000);
    if (s <= 0) return irse();
    if (s > antes) return;
    if (!aviso.open) aviso.showModal();
    const resta = s > 60 ? '2 minutos' : s > 1 ? s + ' segundos' : '1 segundo';
    $('strong', aviso).textContent = resta;
    if (s % 30 === 0) $('[role=status]', aviso).textContent = 'La sesión se cerrará en ' + resta;
  }, 1000);
  sigue = () => { renovar(); canal.postMessage(''); };
  sigue();
})();
