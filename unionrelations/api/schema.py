"""How the API describes itself: the title of its schema and the names of its choices. Never knows an endpoint."""

SPECTACULAR_SETTINGS = {
    "TITLE": "Union Relations",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "ENABLE_DJANGO_DEPLOY_CHECK": False,  # says how well the schema reads, not how safe the server is: see `make check`
    "ENUM_NAME_OVERRIDES": {
        "ActivityKindEnum": "activities.models.activities.Activity.Kind",
        "DelegationDirectionEnum": "activities.models.delegations.Delegation.Direction",
        "MoneySourceEnum": "activities.models.costs.Cost.Source",
    },
    **dict.fromkeys(("SWAGGER_UI_DIST", "SWAGGER_UI_FAVICON_HREF"), "SIDECAR"),
}
