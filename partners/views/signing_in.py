"""The page behind a sign-in link: a button, because mail scanners open links."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from partners.services.signin import use_up, user_of


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    user = user_of(token)
    if user is None or (request.method == "POST" and not use_up(user)):
        return render(request, "partners/sign_in_link_gone.html", status=410)
    if request.method != "POST":
        return render(request, "partners/sign_in_link.html")
    record_authentication(request, user, method="link")
    answer: HttpResponse = perform_login(request, Login(user=user, email=user.email))
    return answer
