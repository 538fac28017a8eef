"""How django-axes and django-allauth are told to guard the door; the part of the settings that no machine changes."""

from datetime import timedelta

# --- Passwords

PASSWORD_HASHERS = [f"django.contrib.auth.hashers.{one}PasswordHasher" for one in ("Argon2", "PBKDF2")]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"

# --- Failures

# The one place where failures are counted, passwords and codes alike: unionrelations/web/door/lockout.py.
AXES_HANDLER = "unionrelations.web.door.lockout.Lockout"
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # who goes on trying keeps nobody out for longer
AXES_SENSITIVE_PARAMETERS = ["code", "credential"]
AXES_LOCKOUT_TEMPLATE = "errors/locked.html"
AXES_HTTP_RESPONSE_CODE = 429
AXES_VERBOSE = False  # no greeting on the stderr of every command

# --- Accounts, their second factor and their sessions

ACCOUNT_ADAPTER = "unionrelations.web.door.adapters.Accounts"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_ENABLED = False  # accounts come by invitation
ACCOUNT_EMAIL_VERIFICATION = "none"  # an address is confirmed before it is written down: door/addresses.py
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_REAUTHENTICATION_METHODS = ("password", "mfa")
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60  # seconds for which somebody counts as having just proved who they are
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
# Failed sign-ins are counted by the lock-out above, in the database; these are for letters and forms behind it.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None, "reset_password": "20/m/ip,10/h/key"}
ACCOUNT_FORMS = {
    "reset_password": "unionrelations.web.door.forms.Forgotten",
    "reset_password_from_key": "unionrelations.web.door.forms.NewPasswordForm",
    "reauthenticate": "unionrelations.web.door.forms.PasswordAgainForm",
}
USERSESSIONS_TRACK_ACTIVITY = False  # `LastSeen` does, every few minutes instead of with each page

MFA_ADAPTER = "unionrelations.web.door.adapters.SecondFactors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # nobody opens an account by themselves here
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds that a telephone's clock may be off
MFA_FORMS = {
    "authenticate": "unionrelations.web.door.forms.CodeForm",
    "reauthenticate": "unionrelations.web.door.forms.CodeAgainForm",
    "activate_totp": "unionrelations.web.door.forms.AppForm",
    "add_webauthn": "unionrelations.web.door.forms.PasskeyForm",
    "edit_webauthn": "unionrelations.web.door.forms.PasskeyNameForm",
}

# --- Single sign-on

SOCIALACCOUNT_ADAPTER = "unionrelations.web.door.adapters.SingleSignOn"
SOCIALACCOUNT_OPENID_CONNECT_URL_PREFIX = ""
SOCIALACCOUNT_LOGIN_ON_GET = True  # a form that leads elsewhere is refused by the content security policy
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"


def providers(OIDC_NAME: str, OIDC_SERVER_URL: str, OIDC_CLIENT_ID: str, OIDC_CLIENT_SECRET: str) -> dict:
    """The one provider, under `single-sign-on/office/`; none where none is named."""
    app = {
        "provider_id": "office",
        "name": OIDC_NAME,
        "client_id": OIDC_CLIENT_ID,
        "secret": OIDC_CLIENT_SECRET,
        "settings": {"server_url": OIDC_SERVER_URL.rstrip("/")},
    }
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app] if OIDC_NAME else []}}
