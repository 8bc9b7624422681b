"""Settings of a test run: the product's own, on a database and in folders that are thrown away.

``PAKTEN_TEST_DATABASE=postgresql`` runs on PostgreSQL, at ``PAKTEN_TEST_POSTGRES`` (a database address), else
at the local socket, else at 127.0.0.1:5432.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from tests import servers

_folder = Path(tempfile.mkdtemp(prefix="pakten-tests-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)

os.environ["PAKTEN_SECRET_KEY"] = "only for the tests"
os.environ["PAKTEN_VAR"] = str(_folder)
os.environ["PAKTEN_DEBUG"] = "0"
# Tests about the second factor ask for it; all others look at what lies behind it.
os.environ["PAKTEN_SECOND_FACTOR"] = "optional"
os.environ["PAKTEN_OIDC"] = (
    '[{"id": "staden", "name": "Stadens inloggning", "server": "http://127.0.0.1:9",'
    ' "client_id": "pakten", "secret": "only for the tests"}]'
)
os.environ["PAKTEN_FETCH_LISTS"] = "0"
os.environ.pop("PAKTEN_HTTPS", None)
os.environ.pop("VANDEL_STORE", None)
if servers.wants_postgresql():
    os.environ["PAKTEN_DATABASE"] = servers.postgresql_address() or "postgresql:///pakten"
else:
    os.environ["PAKTEN_DATABASE"] = f"sqlite:///{_folder / 'pakten.sqlite3'}"

from pakten.project.settings import *  # noqa: E402, F403
from pakten.project.settings import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

# A file, as in use: SQLite in memory has no write-ahead log and no second connection.
DATABASES["default"]["TEST"] = {
    "NAME": f"test_pakten_{os.getpid()}" if servers.wants_postgresql() else str(_folder / "test.sqlite3")
}
DATABASES["default"]["OPTIONS"].pop("pool", None)
STATIC_ROOT.mkdir(parents=True)
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# Argon2 is slow on purpose; tests/web/accounts tests it.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
