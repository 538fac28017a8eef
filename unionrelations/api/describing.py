"""What the schema says of every endpoint beside its records: headers, keys, and each way a request may be refused."""

from __future__ import annotations

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.openapi import AutoSchema

from .deeds.base import Deed
from .editions import SEEN
from .models import LONGEST_KEY
from .nested import NestedEndpoint
from .once import KEY, REPLAYED
from .viewsets import EntityEndpoint, ReadWriteEndpoint
from .written import LAST_KEY

WRITES = ("POST", "PUT", "PATCH")
TEXT = {"type": "string"}


class BearerScheme(OpenApiAuthenticationExtension):
    target_class = "unionrelations.api.entering.BearerToken"
    name = "token"

    def get_security_definition(self, auto_schema):
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "A token its person made on the page “API access tokens”.",
        }


def _answer(description: str, shape: str, **headers) -> dict:
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{shape}"}}}
    return {"description": description, "content": content} | ({"headers": headers} if headers else {})


def _header(description: str, schema: dict = TEXT) -> dict:
    return {"description": description, "schema": schema}


REFUSED = {
    "401": _answer("No token, or one that opens nothing.", "Problem", **{"WWW-Authenticate": _header("Bearer.")}),
    "403": _answer("The person or the token may not do this.", "Problem"),
    "429": _answer(
        "Too many requests.", "Problem", **{"Retry-After": _header("Seconds to wait.", {"type": "integer"})}
    ),
}


def _sent(name: str, description: str, schema: dict) -> dict:
    return {"in": "header", "name": name, "required": False, "description": description, "schema": schema}


ONCE = _sent(
    KEY,
    "Done once, however often the request is sent.",
    TEXT | {"minLength": 1, "maxLength": LONGEST_KEY, "pattern": "^[ -~]+$"},
)
UNSEEN = _sent(SEEN, "The `ETag` of the record as it was read.", TEXT)
BY_CODE = {
    "301": ("The record lives on in another.", "Moved"),
    "400": ("Something sent is not right.", "Refusals"),
    "404": ("There is none, or none you may see or change.", "Problem"),
    "409": ("It cannot be done as things stand, or there is something to see first.", "Conflict"),
    "410": ("It was merged.", "Moved"),
    "412": ("Somebody saved it since `If-Match` was read.", "Problem"),
    "415": ("Send what the schema names.", "Problem"),
    "422": ("The key was sent before with another request.", "Problem"),
}


class Described(AutoSchema):
    def get_request_serializer(self):
        if isinstance(self.view, NestedEndpoint) and self.method in WRITES:
            return self.view.written
        return super().get_request_serializer()

    def get_response_serializers(self):
        if isinstance(self.view, NestedEndpoint) and self.method in WRITES:
            return self.view.record
        return super().get_response_serializers()

    def _resolve_path_parameters(self, variables):
        found = super()._resolve_path_parameters(variables)
        for one in found:
            if one["name"] in ("id", "pk", "row"):
                one["schema"] = {"type": "integer", "minimum": 1, "maximum": LAST_KEY}
        return found

    def get_operation(self, *args, **kwargs):
        said = super().get_operation(*args, **kwargs)
        if said is None:
            return None
        said["responses"] |= REFUSED
        if isinstance(self.view, EntityEndpoint):
            said["responses"] |= {code: _answer(*BY_CODE[code]) for code in self._refusals()}
            said.setdefault("parameters", []).extend(self._headers())
        if isinstance(self.view, Deed):
            codes = self.view.refuses.get(self.method, ())
            said["responses"] |= {code: _answer(*BY_CODE[code]) for code in codes}
            said.setdefault("parameters", []).extend(self._headers_of_deed(codes))
        if isinstance(self.view, ReadWriteEndpoint):
            self._say_edition(said["responses"])
        return said

    @property
    def _is_of_one(self) -> bool:
        return "{" in self.path

    def _refusals(self):
        """The codes of an entity's endpoint, each with its answer."""
        if self.method != "DELETE" and (self.method != "GET" or not self._is_of_one):
            yield "400"
        if self._is_of_one:
            yield "404"
            yield "301" if self.method == "GET" else "410"
            if self.method != "GET":
                yield "412"
        if self.method == "DELETE" or (isinstance(self.view, NestedEndpoint) and self.method in WRITES):
            yield "409"
        if self.method in WRITES:
            yield "415"
        if self.method == "POST":
            yield "422"

    def _headers(self):
        if self.method == "POST":
            yield ONCE
        elif self._is_of_one and self.method != "GET":
            yield UNSEEN

    @staticmethod
    def _headers_of_deed(codes):
        if "422" in codes:
            yield ONCE
        if "412" in codes:
            yield UNSEEN

    def _say_edition(self, responses: dict) -> None:
        for code in ("200", "201") if self._is_of_one or self.method == "POST" else ():
            if code in responses:
                headers = responses[code].setdefault("headers", {})
                headers["ETag"] = _header("Which edit of the record this is.")
                if code == "201":
                    headers[REPLAYED] = _header("That the answer is that of an earlier request.")
