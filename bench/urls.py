"""The product's addresses, and beside them the references. Served by ``bench`` alone."""

from django.urls import path

from bench import references
from perfomix.urls import handler400, handler429
from perfomix.urls import urlpatterns as of_the_product

__all__ = ["handler400", "handler429", "urlpatterns"]

urlpatterns = [
    path("bench/nothing/", references.nothing, name="bench_nothing"),
    path("bench/row/<int:pk>/", references.row, name="bench_row"),
    *of_the_product,
]
