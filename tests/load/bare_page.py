"""A page of a bare Flask application: what a page costs before it says anything."""

from flask import Flask, request


def create_app() -> Flask:
    """An application with one page, as long as is asked for."""
    app = Flask("bare")

    @app.get("/")
    def page() -> str:
        return "x" * int(request.args["bytes"])

    return app
