"""The table of the shared cache: rate limits only."""

from django.core.management import call_command
from django.db import migrations


def make(apps, schema_editor):
    call_command("createcachetable", "cultuurportaal_cache", database=schema_editor.connection.alias, verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("cultuurportaal", "0001_initial")]
    operations = [
        migrations.RunPython(make, lambda apps, schema_editor: schema_editor.execute("DROP TABLE cultuurportaal_cache"))
    ]
