// The district with suggestions: an editable combobox with a list (WAI-ARIA APG) in the place of three lists of the page.
// The districts are asked for once, when the box is first entered; if they do not come, the lists come back.
(() => {
  const caja = document.querySelector('.sugerencias'), direccion = document.currentScript.dataset.lista;
  if (!caja) return;
  const $ = (s, en = document) => en.querySelector(s);
  const [codigo, escrito] = caja.querySelectorAll('input'), lista = $('ul', caja), voz = $('[role=status]', caja);
  const grupo = caja.closest('fieldset'), leyenda = $('legend', grupo), listas = $('.listas', grupo);
  const rotulo = document.createElement('label');
  // Links of the summary of errors that lead to one of the lists.
  const enlaces = [...document.querySelectorAll('.resumen-error a')]
    .filter((a) => listas.contains(document.getElementById(a.hash.slice(1)))).map((a) => [a, a.hash]);
  const MAXIMO = 50, alfabeto = new Intl.Collator('es');
  let carga, activa, turno;

  const poner = (si) => {
    leyenda.hidden = listas.hidden = si;
    rotulo.hidden = caja.hidden = escrito.disabled = codigo.disabled = !si;
    for (const control of listas.querySelectorAll('select, button')) control.disabled = si;
    for (const [a, suyo] of enlaces) a.hash = si ? escrito.id : suyo;
    if (si) grupo.setAttribute('role', 'none'); else grupo.removeAttribute('role');
  };
  const decir = (palabras) => {
    clearTimeout(turno);
    turno = setTimeout(() => { voz.textContent = palabras; }, 300);
  };

  const plano = (s) => s.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase().replace(/[^a-z0-9]+/g, ' ').trim();
  const leer = (texto) => {
    const nombres = new Map(texto.trim().split('\n').map((l) => [l.slice(0, l.indexOf(' ')), l.slice(l.indexOf(' ') + 1)]));
    const nombre = (c) => [c, c.slice(0, 4), c.slice(0, 2)].map((p) => nombres.get(p)).join(', ');
    return [...nombres.keys()].filter((c) => c.length === 6).map((c) => ({ codigo: c, nombre: nombre(c), plano: plano(nombre(c)) }))
      .sort((a, b) => alfabeto.compare(a.nombre, b.nombre));
  };
  const distritos = () => carga ??= fetch(direccion).then((r) => (r.ok ? r.text() : Promise.reject(r))).then(leer);
  const volver = () => {
    const dentro = document.activeElement === escrito;
    poner(false);
    listas.before(voz);
    voz.textContent = 'No pudimos traer los nombres de los distritos: elíjalo de las listas.';
    if (dentro) $('select', listas).focus();
  };

  // Every word that was typed begins a word of the name; whole names come first, then those that begin so.
  const buscar = (todos, q) => {
    const rango = (d) => (`${d.plano} `.startsWith(`${q} `) ? 0 : d.plano.startsWith(q) ? 1 : 2);
    return todos.filter((d) => q.split(' ').every((palabra) => ` ${d.plano}`.includes(` ${palabra}`)))
      .sort((a, b) => rango(a) - rango(b));
  };

  const activar = (opcion) => {
    activa?.setAttribute('aria-selected', 'false');
    activa = opcion;
    if (!opcion) return escrito.removeAttribute('aria-activedescendant');
    opcion.setAttribute('aria-selected', 'true');
    escrito.setAttribute('aria-activedescendant', opcion.id);
    opcion.scrollIntoView({ block: 'nearest' });
  };
  const abrir = (si) => {
    activar(null);
    lista.hidden = !si;
    escrito.setAttribute('aria-expanded', si);
  };
  const elegir = (opcion) => {
    escrito.value = opcion.textContent;
    codigo.value = opcion.dataset.codigo;
    abrir(false);
    decir('Elegido: ' + escrito.value);
  };
  const opcion = (d, n) => {
    const li = document.createElement('li');
    li.id = `${lista.id}-${n}`;
    li.setAttribute('role', 'option');
    li.dataset.codigo = d.codigo;
    li.textContent = d.nombre;
    li.setAttribute('aria-selected', 'false');
    return li;
  };
  const mostrar = async () => {
    const valor = escrito.value, q = plano(valor);
    if (q.length < 2) {
      abrir(false);
      return decir('Escriba al menos dos letras.');
    }
    decir('Buscando…');
    const todos = await distritos().catch(volver);
    if (!todos || escrito.value !== valor || document.activeElement !== escrito) return;
    const hallados = buscar(todos, q), n = hallados.length;
    lista.replaceChildren(...hallados.slice(0, MAXIMO).map(opcion));
    abrir(n > 0);
    lista.scrollTop = 0;
    decir(n > MAXIMO ? `${n} distritos; aquí los primeros ${MAXIMO}: siga escribiendo.`
      : n > 1 ? `${n} distritos: elija uno de la lista.` : n ? '1 distrito: elíjalo de la lista.'
      : 'Ningún distrito se llama así. Escriba solo el comienzo de su nombre.');
  };

  rotulo.className = 'form-label';
  rotulo.htmlFor = escrito.id;
  rotulo.textContent = leyenda.textContent;
  leyenda.after(rotulo);
  // Each list says it too.
  grupo.removeAttribute('aria-describedby');
  poner(true);

  escrito.oninput = () => { codigo.value = ''; mostrar(); };
  // What the browser remembers of other forms must not cover the list; but Back fills in again only boxes that are not "off".
  escrito.onfocus = () => { escrito.autocomplete = 'off'; distritos().catch(volver); };
  escrito.form.addEventListener('submit', () => { escrito.autocomplete = 'on'; });
  escrito.onblur = () => { if (activa) elegir(activa); abrir(false); };
  const bajar = () => activar(activa?.nextSibling ?? lista.firstChild);
  const subir = () => activar(activa?.previousSibling ?? lista.lastChild);
  const teclas = {
    ArrowDown: () => (lista.hidden ? mostrar().then(() => lista.hidden || bajar()) : bajar()),
    ArrowUp: () => (lista.hidden ? mostrar().then(() => lista.hidden || subir()) : subir()),
    Escape: () => { if (lista.hidden) escrito.value = codigo.value = ''; else abrir(false); },
    // With nothing to pick, the form is sent as from any box.
    Enter: () => {
      const una = activa ?? (lista.children.length === 1 ? lista.firstChild : null);
      if (lista.hidden || !una) return 'enviar';
      elegir(una);
    },
  };
  escrito.onkeydown = (e) => {
    if (!e.isComposing && teclas[e.key] && teclas[e.key]() !== 'enviar') e.preventDefault();
  };
  // The focus stays in the box, by mouse as by finger.
  lista.onmousedown = (e) => e.preventDefault();
  lista.onclick = (e) => { if (e.target !== lista) elegir(e.target); };
})();
