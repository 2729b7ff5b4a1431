"""Two pages of django-allauth about passkeys that say on the page itself why something did not happen."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView, RemoveWebAuthnView
from django.forms import Form
from django.http import HttpResponse


class Remove(RemoveWebAuthnView):  # type: ignore[misc]
    """A passkey that has to stay is kept, as an app is."""

    def form_valid(self, form: Form) -> HttpResponse:
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.object):
            form.add_error(None, adapter.validation_error("cannot_delete_authenticator"))
            refused: HttpResponse = self.form_invalid(form)
            return refused
        answer: HttpResponse = super().form_valid(form)
        return answer


class Again(ReauthenticateWebAuthnView):  # type: ignore[misc]
    """A refused passkey can be tried again, and leads where the person was going."""

    def form_invalid(self, form: Form) -> HttpResponse:
        answer: HttpResponse = self.render_to_response(self.get_context_data(form=form))
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(), **kwargs}


remove = Remove.as_view()
again = Again.as_view()
