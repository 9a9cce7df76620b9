"""Tables of people. Periods include both ends; an open end is null."""

from typing import Any, ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from yifa.people.roles import ADMINS, Power
from yifa.platform.fields import BlindIndexField, EncryptedTextField

BUSINESS = Power.BUSINESS.value
ADMIN_ROLES = sorted(power.value for power in ADMINS)
POWERS = [(power.value, power.value) for power in Power]


def period(name: str) -> models.CheckConstraint:
    """A period does not end before it begins."""
    return models.CheckConstraint(
        condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name=f"{name}_period"
    )


class Organ(models.Model):
    """机关、机构、内设处室. `parent` is the organ directly above it."""

    code = models.CharField("代码", max_length=40, primary_key=True)
    name = models.CharField("名称", max_length=120)
    level = models.CharField(
        "层级",
        max_length=12,
        choices=[("province", "省级"), ("city", "市级"), ("district", "区级"), ("town", "镇街")],
    )
    kind = models.CharField("性质", max_length=40)
    district = models.CharField("行政区划代码", max_length=12, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    valid_from = models.DateField("设立")
    valid_to = models.DateField("撤销", null=True, blank=True)

    class Meta:
        db_table = "people_organ"
        constraints = (
            period("organ"),
            models.CheckConstraint(condition=~Q(parent=F("code")), name="organ_not_its_own_parent"),
        )

    def __str__(self) -> str:
        return self.name


class OrganVersion(models.Model):
    """An organ as it was for a time: name, level, kind, place, and the code of the organ above it."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="versions")
    name = models.CharField("名称", max_length=120)
    level = models.CharField("层级", max_length=12)
    kind = models.CharField("性质", max_length=40)
    district = models.CharField("行政区划代码", max_length=12, blank=True)
    parent = models.CharField("上级", max_length=40, blank=True)
    valid_from = models.DateField("自")
    valid_to = models.DateField("至", null=True)

    class Meta:
        db_table = "people_organ_version"
        constraints = (
            period("organ_version"),
            models.UniqueConstraint(fields=("organ", "valid_from"), name="organ_version_once"),
        )


class UserManager(BaseUserManager["User"]):
    """Login names are compared without case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(login__iexact=username)


class User(AbstractBaseUser):
    """An account: a login and a name to show. It has one power for life, and no rights but its roles."""

    login = models.CharField("登录名", max_length=60, unique=True)
    display_name = models.CharField("姓名", max_length=60)
    power = models.CharField("账号类别", max_length=16, choices=POWERS, default=BUSINESS, editable=False)
    is_active = models.BooleanField("启用", default=True)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["display_name"]

    class Meta:
        db_table = "people_user"
        constraints = (
            models.UniqueConstraint(Lower("login"), name="user_login"),
            models.UniqueConstraint(
                fields=("id", "power"), name="user_power"
            ),  # what (user, power) keys refer to
        )


class Contact(models.Model):
    """Where an account is told things outside of the system: its e-mail address, sealed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.OneToOneField(User, models.PROTECT, related_name="contact")
    email: Any = EncryptedTextField("电子邮箱")

    class Meta:
        db_table = "people_contact"


class Membership(models.Model):
    """任职: a role in an organ for a time. (user, power) refers to the user's own power (三员分立)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    power = models.CharField(max_length=16, choices=POWERS)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="memberships")
    role = models.CharField("角色", max_length=40)
    valid_from = models.DateField("自")
    valid_to = models.DateField("至", null=True, blank=True)
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        db_table = "people_membership"
        constraints = (
            period("membership"),
            models.CheckConstraint(
                condition=Q(role=F("power")) | (Q(power=BUSINESS) & ~Q(role__in=ADMIN_ROLES)),
                name="membership_role_of_its_power",
            ),
            models.UniqueConstraint(
                fields=("user", "organ", "role"), condition=Q(valid_to=None), name="membership_open_once"
            ),
        )
        indexes = (models.Index(fields=("organ", "role"), name="membership_of_organ"),)


class Substitution(models.Model):
    """代理: who acts for whom, in which role, when, and by what authority. Business accounts only."""

    principal = models.ForeignKey(User, models.PROTECT, related_name="substituted_by")
    substitute = models.ForeignKey(User, models.PROTECT, related_name="substitutes_for")
    power = models.CharField(max_length=16, choices=POWERS, default=BUSINESS)
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+")
    role = models.CharField("角色", max_length=40)
    authority = models.CharField("授权依据", max_length=200)
    valid_from = models.DateField("自")
    valid_to = models.DateField("至")

    class Meta:
        db_table = "people_substitution"
        constraints = (
            period("substitution"),
            models.CheckConstraint(condition=~Q(principal=F("substitute")), name="substitution_of_another"),
            models.CheckConstraint(condition=Q(power=BUSINESS), name="substitution_in_business"),
            models.CheckConstraint(condition=~Q(authority=""), name="substitution_has_authority"),
        )
        indexes = (models.Index(fields=("substitute", "valid_to"), name="substitution_of"),)


class Conflict(models.Model):
    """回避声明: this user stays out of a case, of an organ's cases, or of cases of a person (公务员法 第七十六条)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="conflicts")
    case = models.UUIDField(null=True)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+")
    person_id_number: Any = EncryptedTextField(null=True)
    person_blind: Any = BlindIndexField(source="person_id_number", kind="id_number", null=True)
    ground = models.CharField("事由", max_length=40)
    declared_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "people_conflict"
        constraints = (
            models.CheckConstraint(
                condition=Q(case__isnull=False, organ=None, person_blind=None)
                | Q(case=None, organ__isnull=False, person_blind=None)
                | Q(case=None, organ=None, person_blind__isnull=False),
                name="conflict_with_one_thing",
            ),
        )


class Access(models.Model):
    """A look into a case file, or for a person. Rows are only ever added: a trigger refuses to change or remove one.

    A search has no case; `field` says by what it was made, `blind` for what, so that looks for one person can be found.
    """

    OPEN, UNMASK, SEARCH = "open", "unmask", "search"

    at = models.DateTimeField()
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    organ = models.CharField(max_length=40, blank=True)
    instead_of = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    case = models.CharField(max_length=40, blank=True, db_index=True)
    kind = models.CharField(
        max_length=8, choices=[(OPEN, "打开案卷"), (UNMASK, "查看完整信息"), (SEARCH, "查找当事人")]
    )
    field = models.CharField(max_length=60, blank=True)
    reason = models.CharField("事由", max_length=200, blank=True)
    blind = models.BinaryField(null=True)

    class Meta:
        db_table = "people_access"
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="open", field="", blind=None)
                | (Q(kind="unmask", blind=None) & ~Q(field="") & ~Q(reason=""))
                | (Q(kind="search", case="", blind__isnull=False) & ~Q(field="")),
                name="access_says_what_and_why",
            ),
        )
        indexes = (models.Index(fields=("actor", "-at"), name="access_of_actor"),)


from yifa.people.journal_tables import Change, Seal  # noqa: E402  Django looks for all tables here
from yifa.people.login_tables import LoginRecord, RecoveryCode, SecondFactor  # noqa: E402  Django looks for all tables here

__all__ = (
    "Access", "Change", "Conflict", "Contact", "LoginRecord", "Membership", "Organ", "OrganVersion", "RecoveryCode", "Seal",
    "SecondFactor", "Substitution", "User", "UserManager", "period",
)  # fmt: skip
