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

  const aviso = $('#aviso-sesion'), { sesionSegundos, sesionSeguir, sesionFin } = document.body.dataset;
  if (!aviso) return;
  const canal = new BroadcastChannel('casilla-sesion'), antes = Math.min(120, sesionSegundos / 2);
  let fin;
  const renovar = () => { fin = Date.now() + sesionSegundos * 1000; aviso.close(); };
  const irse = () => {
    clearInterval(reloj);
    location.assign(sesionFin + '&next=' + encodeURIComponent(location.pathname + location.search));
  };
  const pedir = async () => {
    const r = await fetch(sesionSeguir, { redirect: 'manual' }).catch(() => ({}));
    if (r.ok) sigue();
    return r.ok;
  };
  const seguir = async () => { if (!await pedir()) irse(); };
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
  // Whoever types is at work, so their session goes on; asked for once a minute at most.
  let callada = 0;
  document.addEventListener('input', () => {
    if (Date.now() < callada) return;
    callada = Date.now() + 60000;
    pedir();
  });
  const sigue = () => { renovar(); canal.postMessage(''); };
  sigue();
})();
