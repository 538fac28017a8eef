"""What the tests in Chromium share: how a person is let in, a link is followed, and a page is looked at.

A link is followed to the page behind it before anything is asked of that page: what a locator finds in the meantime
stands on the page being left.
"""

from axe_playwright_python.sync_playwright import Axe


def let_in(context, client, person, house):
    """Gives the browser's `context` a session of this person in the house at this address."""
    client.force_login(person, backend="unionrelations.accounts.roles.RoleBackend")
    session = client.cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": session, "url": house}])


def follow(page, link):
    """Goes where the link leads, by keyboard."""
    with page.expect_navigation():
        link.press("Enter")


def grave(page) -> list[str]:
    """What shuts somebody out of the page, as axe sees it once the page is there."""
    page.wait_for_load_state()
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['target']}" for one in found if one["impact"] in ("serious", "critical")]
