from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from pakten.organisations.keys import sort_key


def put_last(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Who has no name headed every list: an empty key comes first."""
    nameless = apps.get_model("organisations", "Organisation").objects.filter(sort_key="")
    nameless.update(sort_key=sort_key(""))


class Migration(migrations.Migration):
    dependencies = [("organisations", "0005_registers")]

    operations = [migrations.RunPython(put_last, migrations.RunPython.noop)]
