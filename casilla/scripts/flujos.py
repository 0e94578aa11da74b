"""``python -m casilla.scripts.flujos``: the page docs/flujos.md, drawn from the tables."""

from casilla.workflow import FLUJOS


def pagina() -> str:
    partes = [
        "# Workflows",
        "Drawn by `make flujos` from the tables of `casilla/workflow.py`; a test holds this page against them.",
    ]
    for flujo in FLUJOS:
        partes += [f"## {flujo.nombre}", f"```mermaid\n{flujo.dibujo()}\n```"]
    return "\n\n".join(partes)


if __name__ == "__main__":
    print(pagina())
