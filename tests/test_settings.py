"""The settings in processes of their own: what each environment makes of them, and which are refused."""

import json
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from unionrelations.databases import PLANNING

ASK = """
import json, sys
from unionrelations import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))
"""


@pytest.fixture
def settings_under(tmp_path):
    """`settings_under("DEBUG", "HTTPS", TRUST_PROXY="true")`: those settings in an environment of only that."""

    def run(*names, **environment):
        return subprocess.run(
            [sys.executable, "-c", ASK, *names],
            cwd=settings.BASE_DIR,
            env={"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, "DATA_DIR": str(tmp_path), **environment},
            capture_output=True,
            text=True,
        )

    return run


def read(process):
    assert process.returncode == 0, process.stderr
    return json.loads(process.stdout)


def test_one_machine_needs_no_configuration(settings_under, tmp_path):
    found = read(settings_under("DEBUG", "HTTPS", "SECRET_KEY", "DATABASES", "CELERY_TASK_ALWAYS_EAGER"))

    assert (found["DEBUG"], found["HTTPS"], found["CELERY_TASK_ALWAYS_EAGER"]) == (False, True, True)
    assert found["DATABASES"]["default"]["NAME"] == str(tmp_path / "db.sqlite3")
    assert found["SECRET_KEY"] == (tmp_path / ".secret-key").read_text()


def test_the_kept_key_is_the_same_next_time_and_private(settings_under, tmp_path):
    first, second = (read(settings_under("SECRET_KEY")) for _ in range(2))

    assert first == second
    assert (tmp_path / ".secret-key").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir()] == [".secret-key"]


def test_a_database_without_a_key_is_refused_in_one_sentence(settings_under, tmp_path):
    refused = settings_under("SECRET_KEY", DATABASE_URL="postgres://reader@db/unionrelations")

    assert refused.returncode != 0
    assert refused.stderr.splitlines()[-1].endswith(
        "Set SECRET_KEY: a database is configured (DATABASE_URL), so the key must be given too."
    )
    assert not (tmp_path / ".secret-key").exists()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("DEBUG", "maybe"),
        ("HTTPS", "treu"),
        ("TRUST_PROXY", "2"),
        ("STATIC_COLLECTED", "no way"),
        ("HSTS_SECONDS", "a year"),
        ("TRIP_REPORT_DAYS", "-5"),
        ("TASK_VISIBILITY_TIMEOUT", "0"),
        ("CONN_MAX_AGE", "ten"),
        ("LOG_LEVEL", "loud"),
        ("DATABASE_URL", "nonsense"),
        ("DATABASE_URL", "postgres:"),
        ("DATABASE_URL", "mysql://reader@db/unionrelations"),
        ("CELERY_BROKER_URL", "localhost"),
        ("CELERY_BROKER_URL", "http://localhost"),
    ],
)
def test_a_value_that_means_nothing_is_refused_in_one_sentence(settings_under, name, said):
    """A misspelt HTTPS must not switch it off, nor a misspelt number end in somebody else's traceback."""
    database = {"SECRET_KEY": "x", "DATABASE_URL": "postgres://reader@db/unionrelations"}
    refused = settings_under("DEBUG", **(database | {name: said}))

    assert refused.returncode != 0
    assert f"ImproperlyConfigured: {name}" in refused.stderr.splitlines()[-1]


def test_yes_and_no_may_be_said_in_several_ways(settings_under):
    for said in ("true", "True", "on", "yes", "1"):
        assert read(settings_under("HTTPS", HTTPS=said)) == {"HTTPS": True}
    for said in ("false", "False", "off", "no", "0"):
        assert read(settings_under("HTTPS", HTTPS=said)) == {"HTTPS": False}


def test_a_database_s_password_is_not_repeated_in_the_refusal(settings_under):
    refused = settings_under("DEBUG", SECRET_KEY="x", DATABASE_URL="mysql://reader:hush@db/unionrelations")

    assert "hush" not in refused.stderr


def test_the_demo_shows_the_pages_people_meet_and_not_a_developer_s(settings_under):
    """What was not found or was asked wrongly is answered by the house's own pages, without collecting files first."""
    [serving] = [line for line in (settings.BASE_DIR / "Makefile").read_text().splitlines() if " runserver " in line]
    given = dict(word.split("=", 1) for word in serving.split() if re.match(r"[A-Z_]+=", word))
    found = read(
        settings_under("DEBUG", "HTTPS", "STORAGES", "WHITENOISE_USE_FINDERS", "REQUIRE_SECOND_FACTOR", **given)
    )

    assert (found["DEBUG"], found["HTTPS"], found["WHITENOISE_USE_FINDERS"]) == (False, False, True)
    assert found["STORAGES"]["staticfiles"]["BACKEND"].endswith(".StaticFilesStorage")
    assert found["REQUIRE_SECOND_FACTOR"] is False  # its accounts share a published password anyway


def test_an_empty_variable_counts_as_missing(settings_under, tmp_path):
    found = read(settings_under("DATABASES", "ALLOWED_HOSTS", "DEBUG", DATABASE_URL="", ALLOWED_HOSTS="", DEBUG=""))

    assert found["DATABASES"]["default"]["NAME"] == str(tmp_path / "db.sqlite3")
    assert found["ALLOWED_HOSTS"] == ["localhost", "127.0.0.1", "[::1]"]
    assert found["DEBUG"] is False


def test_a_second_factor_is_asked_of_administrators_and_leaders_unless_a_machine_says_otherwise(settings_under):
    assert read(settings_under("REQUIRE_SECOND_FACTOR")) == {"REQUIRE_SECOND_FACTOR": True}
    assert read(settings_under("REQUIRE_SECOND_FACTOR", REQUIRE_SECOND_FACTOR="false")) == {
        "REQUIRE_SECOND_FACTOR": False
    }


def test_single_sign_on_needs_all_of_it_and_letters(settings_under):
    given = {"OIDC_NAME": "SSO", "OIDC_SERVER_URL": "https://sso.example.vn", "OIDC_CLIENT_ID": "house"}
    given |= {"OIDC_CLIENT_SECRET": "hush", "EMAIL_URL": "smtp://mail.example.vn"}
    [app] = read(settings_under("SOCIALACCOUNT_PROVIDERS", **given))["SOCIALACCOUNT_PROVIDERS"]["openid_connect"][
        "APPS"
    ]
    assert (app["name"], app["settings"]["server_url"]) == ("SSO", "https://sso.example.vn")
    for missing in given:
        refused = settings_under("DEBUG", **{name: said for name, said in given.items() if name != missing})
        assert refused.returncode != 0, missing
        assert missing in refused.stderr.splitlines()[-1]
        assert "hush" not in refused.stderr


def test_a_key_is_taken_as_it_is(settings_under):
    assert read(settings_under("SECRET_KEY", SECRET_KEY="$HOME-#-%"))["SECRET_KEY"] == "$HOME-#-%"


def test_the_file_fills_in_what_the_process_does_not_say(settings_under, tmp_path):
    file = tmp_path / "some.env"
    file.write_text("SECRET_KEY=from-the-file\nDEBUG=true\nALLOWED_HOSTS=example.vn\n")

    found = read(settings_under("SECRET_KEY", "DEBUG", "ALLOWED_HOSTS", ENV_FILE=str(file), DEBUG="false"))

    assert found == {"SECRET_KEY": "from-the-file", "DEBUG": False, "ALLOWED_HOSTS": ["example.vn"]}


def test_postgresql_keeps_its_connections_and_its_own_options(settings_under):
    url = "postgres://reader:secret@db:5433/unionrelations?sslmode=require"
    database = read(settings_under("DATABASES", DATABASE_URL=url, SECRET_KEY="x"))["DATABASES"]["default"]

    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert database["CONN_MAX_AGE"] == 60
    assert database["OPTIONS"] == {"sslmode": "require", "options": PLANNING}


def test_a_proxy_is_believed_only_when_it_is_ours(settings_under):
    assert read(settings_under("SECURE_PROXY_SSL_HEADER"))["SECURE_PROXY_SSL_HEADER"] is None
    assert read(settings_under("SECURE_PROXY_SSL_HEADER", TRUST_PROXY="true"))["SECURE_PROXY_SSL_HEADER"] == [
        "HTTP_X_FORWARDED_PROTO",
        "https",
    ]


def test_behind_a_proxy_a_stranger_is_known_by_the_address_the_proxy_saw():
    asked = """from types import SimpleNamespace as Request
from unionrelations.settings import nearest_address
claimed = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "1.2.3.4, 203.0.113.9"}
print(nearest_address(Request(META=claimed)), nearest_address(Request(META={"REMOTE_ADDR": "10.0.0.1"})))"""
    found = subprocess.run(
        [sys.executable, "-c", asked],
        cwd=settings.BASE_DIR,
        env=os.environ | {"TRUST_PROXY": "true"},
        capture_output=True,
        text=True,
    )

    assert found.stdout == "203.0.113.9 10.0.0.1\n", found.stderr


def test_a_task_is_stopped_before_it_would_be_delivered_again(settings_under):
    found = read(
        settings_under(
            "CELERY_TASK_TIME_LIMIT",
            "TASK_VISIBILITY_TIMEOUT",
            "CELERY_TASK_ALWAYS_EAGER",
            CELERY_BROKER_URL="redis://queue/0",
            TASK_VISIBILITY_TIMEOUT="60",
        )
    )

    assert found == {
        "CELERY_TASK_TIME_LIMIT": 30,
        "TASK_VISIBILITY_TIMEOUT": 60,
        "CELERY_TASK_ALWAYS_EAGER": False,
    }


def test_a_replica_is_spoken_to_as_the_primary_is_but_given_up_sooner(settings_under):
    primary, replica = "postgres://me:secret@one:5432/house?sslmode=require", "postgres://me:secret@two:5433/house"
    bare = {"SECRET_KEY": "x", "DATABASE_URL": primary}
    found = read(settings_under("DATABASES", "DATABASE_ROUTERS", REPLICA_URL=replica, **bare))
    default, other = found["DATABASES"]["default"], found["DATABASES"]["replica"]
    assert (default["HOST"], default["PORT"], other["HOST"], other["PORT"]) == ("one", 5432, "two", 5433)
    assert default["OPTIONS"] == {"options": PLANNING, "sslmode": "require"}
    assert other["OPTIONS"] == {
        "options": PLANNING,
        "connect_timeout": 2,
        "tcp_user_timeout": 3000,
    }
    assert found["DATABASE_ROUTERS"] == ["unionrelations.operations.replica.Router"]
    alone = read(settings_under("DATABASES", "DATABASE_ROUTERS", **bare))
    assert (list(alone["DATABASES"]), alone["DATABASE_ROUTERS"]) == (["default"], [])


@pytest.mark.parametrize("primary", ["", "sqlite:////tmp/house.sqlite3"])
def test_sqlite_has_no_replica(settings_under, primary):
    refused = settings_under("DATABASES", SECRET_KEY="x", DATABASE_URL=primary, REPLICA_URL="postgres://me@two/house")
    assert "REPLICA_URL needs a DATABASE_URL of PostgreSQL" in refused.stderr.splitlines()[-1]


@pytest.mark.postgres
def test_postgresql_compiles_no_queries(db):
    with connection.cursor() as cursor:
        cursor.execute("SHOW jit")
        assert cursor.fetchone() == ("off",)


def test_the_example_names_every_variable():
    """`.env.example` explains what the settings read and `docker-compose.yml` asks for, no more and no less."""
    read = {"SECRET_KEY", "DATABASE_URL", "ENV_FILE"}
    for file in ("settings", "databases"):
        text = (settings.BASE_DIR / f"unionrelations/{file}.py").read_text()
        read |= set(re.findall(r'env\.\w+\(\s*"(\w+)"', text))
    read |= set(re.findall(r"\$\{(\w+):", (settings.BASE_DIR / "docker-compose.yml").read_text()))

    assert set(re.findall(r"^# ([A-Z_]+)=", (settings.BASE_DIR / ".env.example").read_text(), re.M)) == read
