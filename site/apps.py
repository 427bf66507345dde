from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The wiring as an app: every process that runs Django knows the Celery app."""

    name = "perfomix"
    label = "perfomix"

    def ready(self) -> None:
        import perfomix.celery
        import perfomix.pooling  # noqa: F401 (settings must be loaded first)
        from perfomix.languages import pseudo

        if pseudo.are_in_use():
            pseudo.install()
