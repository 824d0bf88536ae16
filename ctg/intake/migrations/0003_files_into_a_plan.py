import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actions", "0003_renewal"),
        ("intake", "0002_corrections_and_returned_workbooks"),
    ]

    operations = [
        migrations.AddField(
            model_name="droppedfile",
            name="into",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="files_dropped_into",
                to="actions.plan",
            ),
        ),
        migrations.AddField(
            model_name="droppedfile",
            name="batch",
            field=models.UUIDField(editable=False, null=True),
        ),
        migrations.AddField(
            model_name="droppedfile",
            name="outcome",
            field=models.JSONField(default=dict),
        ),
    ]
