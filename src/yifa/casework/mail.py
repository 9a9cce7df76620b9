"""The e-mail channel of the outbox: a notice goes to the address of its user."""

from django.conf import settings
from django.core.mail import EmailMessage

from yifa.casework.notices import text_of
from yifa.casework.outbox import Item
from yifa.casework.requests import World
from yifa.casework.work import Notice
from yifa.language.messages import catalogue
from yifa.people.models import Contact


def send(item: Item, world: World) -> None:
    """Send it. What was read meanwhile, or has no addressee any more, needs no mail.

    Sent twice after a crash, it carries the same Message-ID, by which mail programs show it once (RFC 5322 3.6.4).
    """
    notice = Notice.objects.select_related("case").filter(pk=item.body["notice"], read_at=None).first()
    contact = notice and Contact.objects.filter(user=notice.user_id, user__is_active=True).first()
    if notice is None or not contact:
        return
    words, text = catalogue("yifa.casework"), text_of(notice)
    message = EmailMessage(
        words["mail_subject"].text.format(subject=text.text),
        words["mail_body"].text.format(text=text.text, next=text.next),
        settings.DEFAULT_FROM_EMAIL,
        [contact.email],
        headers={"Message-ID": _same_id(notice), "Auto-Submitted": "auto-generated"},
    )
    message.send()


def _same_id(notice: Notice) -> str:
    domain = settings.LOG_ORIGIN.split("/")[0]
    return f"<notice-{notice.pk}@{domain}>"
