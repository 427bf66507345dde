"""What happens on the clock: which task, every how many seconds, in which queue."""

from typing import Any

from courses.promises.queues import DEFAULT, EXPORTS, IMPORTS, INDEX, MAIL, MEDIA, MONEY, QUEUES


def _every(seconds: float, task: str, waits_in: str, **arguments: Any) -> dict[str, Any]:
    return {
        "task": task,
        "schedule": seconds,
        "kwargs": arguments,
        # What was not begun by the next time need not be begun at all.
        "options": {"queue": waits_in, "expires": seconds},
    }


SCHEDULE = {
    "send-waiting-mail": _every(30, "courses.tasks.send_waiting_mail", MAIL),
    # Each in its own queue: a promised refund does not wait for an index.
    **{
        f"keep-promises-{queue}": _every(30, "courses.tasks.keep_promises", queue, queue=queue)
        for queue in QUEUES
    },
    "expire-orders": _every(300, "storefront.tasks.expire_orders", MONEY),
    "finish-refunds": _every(120, "storefront.tasks.finish_refunds", MONEY),
    "empty-old-mails": _every(3600, "courses.tasks.empty_old_mails", MAIL),
    "remove-left-uploads": _every(3600, "courses.tasks.remove_left_uploads", MEDIA),
    "write-left-exports": _every(60, "courses.tasks.write_left_exports", EXPORTS),
    "import-left-courses": _every(60, "courses.tasks.import_left_courses", IMPORTS),
    "forget-old-exports": _every(3600, "courses.tasks.forget_old_exports", MEDIA),
    # One row for each sum again, where each change has left its own.
    "count-catalogue": _every(3600, "storefront.tasks.count_catalogue", INDEX),
    "build-sitemap": _every(6 * 3600, "home.tasks.build_sitemap", INDEX),
    "reduce-old-messages": _every(3600, "storefront.tasks.reduce_old_messages", DEFAULT),
    "end-old-sessions": _every(3600, "learners.tasks.end_old_sessions", DEFAULT),
    "forget-unproved": _every(3600, "learners.tasks.forget_unproved_accounts", DEFAULT),
}
