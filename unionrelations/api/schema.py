"""How the API describes itself: the title of its schema, the names of its choices, the shapes of what is refused.

Never knows an endpoint.
"""

SPECTACULAR_SETTINGS = {
    "TITLE": "Union Relations",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "ENABLE_DJANGO_DEPLOY_CHECK": False,  # says how well the schema reads, not how safe the server is: see `make check`
    "ENUM_NAME_OVERRIDES": {
        "ActivityKindEnum": "activities.models.activities.Activity.Kind",
        "CourseDirectionEnum": "activities.models.courses.Course.Direction",
        "DelegationDirectionEnum": "activities.models.delegations.Delegation.Direction",
        "MoneySourceEnum": "activities.models.costs.Cost.Source",
        "PaperKindEnum": "activities.models.papers.Paper.Kind",
        "AgreementEventKindEnum": "partners.models.agreements.AgreementEvent.Kind",
        "SuccessionKindEnum": "unionrelations.accounts.models.unions.UnionSuccession.Kind",
        "LevelEnum": "activities.models.courses.Course.Level",
        "LanguageLevelEnum": "unionrelations.accounts.models.officers.OfficerLanguage.Level",
        "FormatEnum": "activities.models.conferences.Conference.Format",
        "StateEnum": "activities.models.plans.Plan.State",
        "WorkStateEnum": "activities.reports.models.work.Work.State",
        "ReportFileFormatEnum": "unionrelations.deeds.reports.FILE_FORMATS",
        "StepEnum": "activities.models.life.Step",
        "OpenStepEnum": "unionrelations.api.deeds.steps.WAYS",
    },
    "APPEND_COMPONENTS": {
        "schemas": {
            "Problem": {
                "type": "object",
                "description": "What is the matter, in the person's language.",
                "required": ["detail"],
                "properties": {"detail": {"type": "string"}},
            },
            "Refusals": {
                "type": "object",
                "description": "Path of a field, such as `union_roles.1.people`, and what is wrong there.",
                "additionalProperties": {"type": "array", "items": {"type": "string"}},
            },
            "Moved": {
                "type": "object",
                "required": ["detail", "merged_into"],
                "properties": {"detail": {"type": "string"}, "merged_into": {"type": "string", "format": "uri"}},
            },
            "Conflict": {
                "type": "object",
                "description": "Why not: records that rest on this one, or what is to be seen before it is done.",
                "required": ["detail"],
                "properties": {
                    "detail": {"type": "string"},
                    "records": {"type": "array", "items": {"type": "string"}},
                    "warnings": {"type": "array", "items": {"type": "string"}},
                    "needs_reason": {"type": "boolean"},
                    "seen_warnings": {"type": "string"},
                    "seen": {"type": "string"},
                    "differs": {"type": "array", "items": {"type": "object"}},
                    "carried": {"type": "object", "additionalProperties": {"type": "integer"}},
                    "figures": {"type": "array", "items": {"type": "object"}},
                    "unions_elsewhere": {"type": "integer"},
                    "signed_reports": {"type": "array", "items": {"type": "integer"}},
                },
            },
        }
    },
    **dict.fromkeys(("SWAGGER_UI_DIST", "SWAGGER_UI_FAVICON_HREF"), "SIDECAR"),
}
