// Extras only: every page works without this file. No inline code anywhere, so the CSP needs no exception.
(() => {
  const $ = (s, en = document) => en.querySelector(s), todos = (s) => document.querySelectorAll(s);

  $('.resumen-error')?.focus();

  for (const b of todos('[data-ver]')) {
    const caja = document.getElementById(b.dataset.ver), nombre = b.dataset.nombre;
    b.hidden = false;
    b.onclick = () => {
      const ver = caja.type === 'password';
      caja.type = ver ? 'text' : 'password';
      b.firstChild.data = ver ? 'Ocultar' : 'Mostrar';
      b.lastChild.textContent = ' ' + nombre;
    };
    caja.form.addEventListener('submit', () => { caja.type = 'password'; });
  }

  for (const b of todos('[data-copiar]')) {
    b.hidden = false;
    b.onclick = async () => {
      await navigator.clipboard.writeText($('#' + b.dataset.copiar).textContent.trim());
      $('#' + b.getAttribute('aria-describedby')).textContent = 'Copiado';
    };
  }

  const { sesionSegundos, sesionSeguir, sesionFin } = document.body.dataset, aviso = $('#aviso-sesion');
  if (!aviso) return;
  const canal = new BroadcastChannel('casilla-sesion'), ANTES = 120;
  const voz = $('[data-resta-voz]', aviso), resta = $('[data-resta]', aviso);
  let fin;
  const renovar = () => { fin = Date.now() + sesionSegundos * 1000; aviso.open && aviso.close(); };
  const seguir = async () => {
    const r = await fetch(sesionSeguir, { redirect: 'manual', cache: 'no-store' });
    if (!r.ok) return location.assign(sesionFin);
    renovar();
    canal.postMessage('renovada');
  };
  canal.onmessage = renovar;
  $('[data-seguir]', aviso).onclick = seguir;
  aviso.oncancel = (e) => { e.preventDefault(); seguir(); };
  setInterval(() => {
    const s = Math.ceil((fin - Date.now()) / 1000);
    if (s <= 0) return location.assign(sesionFin);
    if (s > ANTES) return;
    if (!aviso.open) aviso.showModal();
    const texto = s > 60 ? '2 minutos' : s === 60 ? '1 minuto' : s + ' segundos';
    resta.textContent = texto;
    if (s % 30 === 0) voz.textContent = 'La sesión se cerrará en ' + texto;
  }, 1000);
  renovar();
  canal.postMessage('renovada');
})();
