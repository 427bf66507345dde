"""The ledger keeps its promises in the database; orders get their numbers from a sequence."""

from django.db import migrations, models

LEDGER = """
CREATE FUNCTION ledger_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The ledger is append-only: % refused', TG_OP
        USING ERRCODE = 'restrict_violation', CONSTRAINT = 'ledger_is_append_only';
END $$;
CREATE TRIGGER ledger_is_append_only BEFORE UPDATE OR DELETE ON storefront_ledgerentry
    FOR EACH ROW EXECUTE FUNCTION ledger_is_append_only();
CREATE TRIGGER ledger_is_not_emptied BEFORE TRUNCATE ON storefront_ledgerentry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger_is_append_only();

-- Looked at when the transaction commits, when all its entries are there.
CREATE FUNCTION ledger_sums_to_zero() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    difference numeric;
BEGIN
    SELECT SUM(amount) INTO difference FROM storefront_ledgerentry
        WHERE transaction = NEW.transaction AND currency = NEW.currency;
    IF difference <> 0 THEN
        RAISE EXCEPTION 'Ledger transaction % is off by % %', NEW.transaction, difference, NEW.currency
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_sums_to_zero';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER ledger_sums_to_zero AFTER INSERT ON storefront_ledgerentry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_sums_to_zero();
"""
NO_LEDGER = """
DROP TRIGGER ledger_sums_to_zero ON storefront_ledgerentry;
DROP TRIGGER ledger_is_not_emptied ON storefront_ledgerentry;
DROP TRIGGER ledger_is_append_only ON storefront_ledgerentry;
DROP FUNCTION ledger_sums_to_zero();
DROP FUNCTION ledger_is_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("storefront", "0001_catalogue_and_orders")]

    operations = [
        migrations.AlterField(
            model_name="ledgerentry",
            name="account",
            field=models.CharField(
                choices=[
                    ("cash", "Cash at Stripe"),
                    ("revenue", "Platform revenue"),
                    ("producer", "Owed to producer"),
                    ("tax", "Tax owed"),
                    ("buyers", "Owed back to buyers"),
                ],
                max_length=12,
                verbose_name="account",
            ),
        ),
        migrations.RunSQL(LEDGER, NO_LEDGER),
        migrations.RunSQL(
            "CREATE SEQUENCE storefront_order_number START 1001",
            "DROP SEQUENCE storefront_order_number",
        ),
    ]
