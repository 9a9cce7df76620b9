"""Addresses of the desk."""

from django.urls import URLPattern, path

from yifa.desk import views_account as account
from yifa.desk import views_act as act
from yifa.desk import views_case as case
from yifa.desk import views_entry as entry
from yifa.desk import views_guide as guide
from yifa.desk import views_papers as papers
from yifa.desk import views_people as people
from yifa.desk import views_reports as reports
from yifa.desk import views_search as search

app_name = "desk"
urlpatterns: list[URLPattern] = [
    path("", case.home, name="home"),
    path("notices/read", case.notices_read, name="notices_read"),
    path("login", entry.enter, name="login"),
    path("login/code", entry.enter_code, name="login_code"),
    path("account/second-factor", account.second_factor, name="second_factor"),
    path("logins/", account.logins_view, name="logins"),
    path("logins/record", account.login_record, name="login_record"),
    path("accounts/", people.accounts, name="accounts"),
    path("accounts/changes", people.account_changes, name="account_changes"),
    path("accounts/<int:key>/", people.account, name="account"),
    path("logout", entry.leave, name="logout"),
    path("capacity", entry.capacity, name="capacity"),
    path("cases/", case.cases, name="cases"),
    path("cases/linked", case.linked, name="linked"),
    path("cases/new/<slug:line>/<slug:action>/", act.new, name="new"),
    path("cases/<uuid:case>/", case.case, name="case"),
    path("cases/<uuid:case>/act/<slug:action>/", act.act, name="act"),
    path("cases/<uuid:case>/unmask", case.unmask, name="unmask"),
    path("cases/<uuid:case>/receipts/<int:seq>", case.receipt, name="receipt"),
    path("cases/<uuid:case>/documents/<int:seq>/<slug:code>/", papers.paper, name="paper"),
    path("cases/<uuid:case>/documents/<int:seq>/<slug:code>.pdf", papers.document, name="document"),
    path("cases/<uuid:case>/materials/<int:seq>/<int:place>", papers.material, name="material"),
    path("search/", search.search, name="search"),
    path("accesses/", search.accesses, name="accesses"),
    path("calendar/", case.calendar, name="calendar"),
    path("proposals/", act.proposal_list, name="proposals"),
    path("proposals/<uuid:proposal>/", act.proposal, name="proposal"),
    path("reports/", reports.reports, name="reports"),
    path("reports/<str:name>/", reports.figure, name="figure"),
    path("procedures/", guide.procedures, name="procedures"),
    path("procedures/<slug:line>/", guide.procedure, name="procedure"),
    path("ledger/", guide.ledger, name="ledger"),
    path("ledger/verifier.py", guide.verifier_file, name="verifier"),
    path("ledger/checkpoint", guide.checkpoint_file, name="checkpoint"),
]
