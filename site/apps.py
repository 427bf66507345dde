from django.apps import AppConfig


class SiteConfig(AppConfig):
    """The wiring as an app: every process that runs Django knows the Celery app."""

    name = "perfomix"
    label = "perfomix"

    def ready(self) -> None:
        # Both read settings, which are there only now.
        import perfomix.celery
        import perfomix.pooling  # noqa: F401
        from perfomix.languages import pseudo

        if pseudo.are_in_use():
            pseudo.install()
