"""Tips with their weight: how complete an activity is."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("partners", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Tip",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.SlugField(max_length=60, verbose_name="code")),
                ("name", models.CharField(max_length=120, verbose_name="naam")),
                ("name_en", models.CharField(blank=True, max_length=120, verbose_name="Engelse naam")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="volgorde")),
                ("is_active", models.BooleanField(default=True, verbose_name="in gebruik")),
                ("weight", models.PositiveSmallIntegerField(verbose_name="gewicht")),
                (
                    "city",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="partners.city",
                        verbose_name="stad",
                    ),
                ),
            ],
            options={
                "verbose_name": "tip",
                "verbose_name_plural": "tips",
                "ordering": ["position", "name"],
                "abstract": False,
            },
        ),
        migrations.AddConstraint(
            model_name="tip",
            constraint=models.UniqueConstraint(fields=("city", "code"), name="tip_code_per_city"),
        ),
    ]
