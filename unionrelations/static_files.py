"""Static files: which files of the npm packages are served, and how all of them are stored for production."""

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.checks import Warning as CheckWarning
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

NODE_MODULES = settings.BASE_DIR / "node_modules"

# Only what pages use: a whole package holds hundreds of files, some pointing at files it does not ship.
PACKAGE_FILES = [
    "@tabler/core/dist/css/tabler.min.css",
    "@expo-google-fonts/be-vietnam-pro/400Regular/BeVietnamPro_400Regular.ttf",
    "@expo-google-fonts/be-vietnam-pro/600SemiBold/BeVietnamPro_600SemiBold.ttf",
]


class PackagesStorage(FileSystemStorage):
    prefix = "packages"  # the folder collectstatic writes them to


class PackagesFinder(BaseFinder):
    """Finds `packages/<package>/<file>` among the installed npm packages, and nothing where they are not installed."""

    storage = PackagesStorage(location=NODE_MODULES)

    def check(self, **kwargs):
        missing = [name for name in PACKAGE_FILES if not self.storage.exists(name)]
        if not missing:
            return []
        return [
            CheckWarning(
                f"Pages will have no style or font, because node_modules lacks {', '.join(missing)}.",
                hint="Run `make setup`, or `npm ci`. Commands, reports and imports work without.",
                id="unionrelations.W001",
            )
        ]

    def find(self, path, find_all=False, **kwargs):
        prefix, _, name = str(path).replace("\\", "/").partition("/")
        if prefix != self.storage.prefix or name not in PACKAGE_FILES or not self.storage.exists(name):
            return []
        return [self.storage.path(name)] if find_all else self.storage.path(name)

    def list(self, ignore_patterns):
        return ((name, self.storage) for name in PACKAGE_FILES if self.storage.exists(name))


class StaticFiles(CompressedManifestStaticFilesStorage):
    """Hashed names and compressed copies. A package may name a source map it does not ship; such lines stay."""

    patterns = tuple(
        (extension, tuple(rule for rule in rules if "sourceMappingURL" not in str(rule)))
        for extension, rules in CompressedManifestStaticFilesStorage.patterns
    )
