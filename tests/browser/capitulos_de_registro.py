"""The first chapters of the story of ``docs/guia-de-usuario.md``: from the front page to one's own casilla."""

from playwright.sync_api import expect

from tests.browser.historia import Historia

ROSA, CORREO, EMPRESA = "1-49083411", "rosa.ejemplo@correo.example", "empresa@correo.example"
CLAVE = "Mi-casilla-2026"


def llegar(h: Historia) -> None:
    h.ir()
    h.foto("portada", pulsar="a[href$=registro]")
    h.foto("portada-movil", movil=True)
    h.pagina.keyboard.press("Tab")
    h.foto("teclado", "header", "main h1")
    h.foto("ayuda", "footer h2, footer p, footer li")
    for direccion in ("/terminos", "/privacidad", "/datos-personales", "/accesibilidad"):
        h.ir(direccion)
        h.ver()
    h.ir("/normativas")
    h.foto("normativas")
    h.ir("/preguntas-frecuentes")
    h.escribir({"Buscar en las preguntas y sus respuestas": "contraseña"})
    h.pulsar("Buscar")
    h.foto("preguntas", "header", "main form >> nth=0", "main .utilidad >> nth=0")
    h.seguir("Quitar la búsqueda")
    h.ver()


def aceptar_los_textos(h: Historia) -> None:
    h.ir("/registro")
    h.foto("registro-inicio", "main", pulsar="main .btn")
    h.seguir("Empezar")
    h.pagina.get_by_role("checkbox").check()
    h.foto("terminos", "main form", pulsar="main form button")
    h.pulsar("Aceptar")
    h.pagina.get_by_role("checkbox").check()
    h.foto("privacidad", "main form", pulsar="main form button")
    h.pulsar("Aceptar")
    h.elegir("Persona Natural")
    h.foto("tipo-de-persona", "main", pulsar="main button")
    h.pulsar("Continuar")


def registrar_a_una_persona(h: Historia) -> None:
    h.elegir("Carné de extranjería (CE)")
    h.escribir({"Número de documento": "000999001", "Apellido Paterno": "Beispiel", "Nombres": "Anna María"})
    h.foto("datos-extranjera", "main fieldset.grupo >> nth=0")
    h.escribir({"Número de documento": "", "Apellido Paterno": "", "Nombres": ""})
    h.elegir("DNI")
    h.pulsar("Continuar")
    h.foto("datos-con-errores", ".resumen-error", "main .campo >> nth=1")
    h.ir(h.pagina.url)
    llenar_los_datos(h)
    h.foto("datos-documento", "main fieldset.grupo >> nth=0")
    h.foto("datos-contacto", "main fieldset.grupo >> nth=1", "main fieldset.grupo >> nth=2", "main fieldset.grupo ~ *")
    h.pagina.get_by_text("Dónde están el CUI y la fecha de emisión en el DNI").click()
    h.foto("dni", "main details")
    h.escribir({"Repetir Correo Electrónico": "rosa.ejenplo@correo.example"})
    h.pulsar("Continuar")
    h.ver()
    h.escribir({"Número de documento": "99000013", "CUI": "7", "Repetir Correo Electrónico": CORREO})
    h.pulsar("Continuar")
    expect(h.pagina.get_by_role("heading", name="RENIEC no responde")).to_be_visible()
    h.foto("espera", ".aviso-atencion", "main h1", "main h1 ~ p", "main .acciones")
    pagina = h.pagina.url
    h.ir("/registro")
    h.ver()
    h.ir(pagina)
    h.seguir("Cambiar Documento y nombres")
    h.escribir({"Número de documento": "49083411", "CUI": "2", "Nombres": "Rosa"})
    h.pulsar("Continuar")
    expect(h.pagina.get_by_role("link", name="Nombres: no coincide")).to_be_visible()
    h.ver()
    h.escribir({"Nombres": "Rosa Elena"})
    h.pulsar("Continuar")
    expect(h.pagina.get_by_role("heading", name="VERIFICACIÓN DE CORREO")).to_be_visible()
    carta = h.carta(CORREO, "Validación", "correo-validacion")
    h.escribir({"Clave de validación": h.hallar(r"correo electrónico es: (\w{6})", carta)})
    h.foto("verificacion", "main", pulsar="main button")
    h.foto("verificacion-movil", movil=True)
    enlace, pagina = h.hallar(r"Validar Correo: (\S+)", carta), h.pagina.url
    h.ir(enlace)
    h.ver()
    h.ir(pagina)
    h.seguir("cambie el correo")
    h.ver()
    h.ir(pagina)
    h.escribir({"Clave de validación": h.hallar(r"correo electrónico es: (\w{6})", carta)})
    h.pulsar("Validar")
    h.foto("credenciales-enviadas")


def llenar_los_datos(h: Historia) -> None:
    h.elegir("DNI")
    textos = {"Número de documento": "49083411", "CUI": "2"}
    textos |= {"Apellido Paterno": "Ejemplo", "Apellido Materno": "Ficticia", "Nombres": "Rosa Elena"}
    textos |= {"Teléfono/Celular": "987 654 321", "Correo Electrónico": CORREO, "Repetir Correo Electrónico": CORREO}
    h.escribir(textos)
    h.elegir("Femenino")
    h.fechar("Fecha de emisión", "22", "7", "2019")
    h.fechar("Fecha Nacimiento", "14", "3", "1985")


def registrar_a_una_empresa(h: Historia) -> None:
    h.ir("/registro/terminos")
    for _ in range(2):
        h.pagina.get_by_role("checkbox").check()
        h.pulsar("Aceptar")
    h.elegir("Persona Jurídica")
    h.pulsar("Continuar")
    textos = {"RUC": "20566118603", "Razón Social": "Comercial Ejemplo Ficticio S.A.C."}
    textos |= {"Teléfono/Celular": "987 654 321", "Correo Electrónico": EMPRESA, "Repetir Correo Electrónico": EMPRESA}
    h.escribir(textos)
    distrito = h.pagina.get_by_role("combobox", name="Distrito")
    distrito.press_sequentially("miraflores")
    expect(h.pagina.get_by_role("option").first).to_be_visible()
    h.foto("empresa-distrito", "main fieldset.grupo >> nth=0")
    distrito.fill("")
    distrito.press_sequentially("lima lima lima")
    h.pagina.get_by_role("option", name="Lima, Lima, Lima", exact=True).click()
    h.foto("empresa", "main", pulsar="main .acciones button")
    h.pulsar("Continuar")
    carta = h.carta(EMPRESA, "Validación")
    h.escribir({"Clave de validación": h.hallar(r"correo electrónico es: (\w{6})", carta)})
    h.pulsar("Validar")
    h.carta(EMPRESA, "Credenciales")


def entrar_por_primera_vez(h: Historia) -> None:
    carta = h.carta(CORREO, "Credenciales", "correo-credenciales")
    clave = h.hallar("Contraseña: ([0-9A-F]{8})", carta)
    h.ir()
    h.escribir({"Usuario": ROSA, "Contraseña": clave})
    h.foto("entrar", ".panel", pulsar=".panel .btn-primary")
    h.pulsar("Iniciar sesión")
    h.escribir({"Clave Antigua": clave, "Clave Nueva": CLAVE, "Repetir Clave Nueva": CLAVE})
    h.foto("cambiar-clave", "main", pulsar="main .acciones button")
    h.pulsar("Enviar")
    expect(h.pagina.get_by_role("heading", level=1)).to_have_text("Pendientes por leer")
    h.foto("bandeja-vacia")
