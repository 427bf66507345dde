"""Services from wheels: started once, found again, ended cleanly, in awkward places too."""

import os
import stat
import tempfile
from pathlib import Path

import psycopg
import pytest

from perfomix.embedded import postgres, redis, short_socket_dir
from perfomix.embedded.memory import memory_of_the_machine, settings_for
from perfomix.embedded.secrets import secret


@pytest.fixture(scope="module")
def folder():
    """A data folder with a space, a comma and a path too long for a socket."""
    with tempfile.TemporaryDirectory(prefix="perfomix, a test ") as parent:
        data_dir = Path(parent) / ("deep" * 25) / "data"
        yield data_dir
        postgres.stop(data_dir)
        redis.stop(data_dir)


def answer(data_dir: Path, question: str):
    with psycopg.connect(postgres.database_url(data_dir)) as connection:
        return connection.execute(question).fetchone()[0]


def test_postgres_starts_once_and_is_found_again(folder):
    assert not (folder / "postgres" / postgres.CONTROL_FILE).exists()
    assert postgres.start(folder) is True
    assert postgres.start(folder) is False
    assert answer(folder, "SELECT current_database()") == "perfomix"


def test_postgres_opens_no_port_and_sorts_the_same_everywhere(folder):
    assert answer(folder, "SHOW listen_addresses") == ""
    assert answer(folder, "SELECT lower('ÀÉÎ')") == "àéî"
    assert answer(folder, "SHOW server_version").startswith("18.")


def test_postgres_plans_with_the_memory_of_the_machine(folder):
    for name, value in settings_for(memory_of_the_machine()).items():
        shown = answer(folder, f"SHOW {name}")
        if value.endswith("MB"):
            both = f"SELECT pg_size_bytes('{shown}') = pg_size_bytes('{value}')"
            assert answer(folder, both), (name, shown)
        else:
            assert shown == value


@pytest.mark.parametrize(
    ("gigabytes", "buffers", "work"),
    [(1, "128MB", "4MB"), (4, "512MB", "4MB"), (64, "1024MB", "32MB")],
)
def test_a_small_machine_is_not_promised_away_and_a_large_one_not_taken(gigabytes, buffers, work):
    settings = settings_for(gigabytes * 1024**3)

    assert (settings["shared_buffers"], settings["work_mem"]) == (buffers, work)


@pytest.mark.parametrize(("said", "found"), [("1048576\n", 1048576), ("max\n", None), (None, None)])
def test_a_container_has_what_it_was_given(tmp_path, said, found):
    limit = tmp_path / "memory.max"
    if said is not None:
        limit.write_text(said)
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")

    assert memory_of_the_machine(limit) == (found or whole)


def test_postgres_survives_a_process_id_left_by_a_crash(folder):
    answer(folder, "SELECT 1")
    postgres.stop(folder)
    assert not (folder / "postgres" / postgres.CONTROL_FILE).exists()
    # As after a kill and a restart of the machine: the id now belongs to something else.
    control = folder / "postgres" / "postmaster.pid"
    control.write_text(f"{os.getpid()}\n{control.parent}\n0\n5432\n/nowhere\n\n\nready\n")
    assert answer(folder, "SELECT 1") == 1


def test_postgres_refuses_the_data_of_another_version(tmp_path):
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("16\n")
    with pytest.raises(postgres.EmbeddedServiceError, match="PostgreSQL 16; this version needs 18"):
        postgres.start(tmp_path)


def test_redis_starts_once_and_ends(folder):
    path = redis.socket_path(folder)
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o700
    assert redis.start(folder) is False
    redis.stop(folder)
    assert redis.is_running(folder) is False
    assert redis.socket_path(folder) == path


def test_without_the_wheel_there_is_no_redis(monkeypatch, tmp_path):
    monkeypatch.setattr(redis, "program", lambda: None)
    assert redis.socket_path(tmp_path) is None


def test_a_socket_folder_of_somebody_else_is_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    long = tmp_path / ("x" * 100)
    short = short_socket_dir(long, "a.sock")
    assert stat.S_IMODE(short.stat().st_mode) == 0o700
    short.chmod(0o777)
    with pytest.raises(postgres.EmbeddedServiceError, match="not a private folder"):
        short_socket_dir(long, "a.sock")


def test_a_secret_is_made_once_and_only_its_owner_reads_it(tmp_path):
    first = secret(tmp_path, "secret_key")
    assert secret(tmp_path, "secret_key") == first
    assert secret(tmp_path, "another") != first
    assert len(first) >= 64
    file = tmp_path / "secrets" / "secret_key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert sorted(path.name for path in file.parent.iterdir()) == ["another", "secret_key"]
