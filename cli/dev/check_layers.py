"""Says which file includes what its folder may not know, or reaches the database past a tenant. Reads the names of C++
files from standard input.

Debian puts every header in /usr/include, so link lists alone do not stop a wrong include.
"""
import re
import sys

SERVICES = ("survey_service", "scoring_service", "loop_service")
WIRE = ("hoiam/", "google/", "grpcpp/")

# Of a service: which of its rooms each room may include ("" is errors.h, limits.h, config.h beside main.cc), which parts of
# platform/, and whether it may know the wire (protos, gRPC).
ROOMS = {
    "domain": ({"domain", ""}, {"base"}, False),
    "store": ({"store", "domain", ""}, {"base", "db"}, False),
    "convert": ({"convert", "domain", ""}, {"base", "proto"}, True),
    "app": ({"app", "convert", "domain", "store", ""}, {"base", "db", "due", "feed", "mail", "observe", "rpc"}, True),
    "rpc": ({"rpc", "app", "convert", ""}, {"base", "rpc"}, True),
    "migrations": ({"migrations"}, {"db"}, False),
}
# A rule is told the time; it never asks for it.
DOMAIN_FORBIDDEN = ("absl/time/clock.h", "platform/base/clock.h", "platform/db/", "spdlog/", "cppconn/", "mysql")

# A connection that is held to no tenant. platform/ makes them; these files use them, each for what is of no tenant.
PAST_A_TENANT = re.compile(r"\b(SystemDb|db::Session)\b|\bsystem\(\)|\b\w*pool\w*(\.|->)(Open|Acquire)\(")
MAY_REACH_PAST_A_TENANT = {
    "cli/migrate/main.cc",  # the first tenant
    "gateway/auth/authenticator.cc",  # whose a key is
    "gateway/store/keys.cc",
    "gateway/store/keys.h",
    "gateway/auth/tenant_service.cc",  # the list of tenants
    "gateway/store/tenants.cc",
    "gateway/store/tenants.h",
    "gateway/inbound/receiver.cc",  # whose an inbound token is
    "gateway/store/inbounds.cc",
    "gateway/store/inbounds.h",
    "gateway/webhook/recorder.cc",  # what is due, and who sends it
    "gateway/webhook/sender.cc",
    "gateway/store/webhook_queue.cc",
    "gateway/store/webhook_queue.h",
    "loop_service/app/backfill.cc",  # everything, for those who count again
    "scoring_service/app/generations.cc",  # which projections are shown, of all tenants
    "scoring_service/app/generations.h",
    "scoring_service/app/rebuild.cc",
    "scoring_service/app/rebuild.h",
    "scoring_service/store/generations.cc",
    "scoring_service/store/generations.h",
    "survey_service/app/backfill.cc",  # everything, for those who count again
    "survey_service/app/token.cc",  # whose a link is
    "survey_service/store/invitation_reader.cc",
    "survey_service/store/invitation_reader.h",
}


def past_a_tenant(path, line):
    """What is wrong with this line, or None."""
    if split(path)[0] in ("platform", "tests") or path in MAY_REACH_PAST_A_TENANT:
        return None
    found = PAST_A_TENANT.search(line.split("//")[0])
    return found and f"{found.group(0)}: rows are reached through db::TenantDb only"


def split(path):
    """("survey_service", "domain") of survey_service/domain/fatigue.h; the room of a file beside main.cc is ""."""
    parts = path.split("/")
    return parts[0], parts[1] if len(parts) > 2 else ""


def problem(path, include):
    """What is wrong with `path` including `include`, or None."""
    top, room = split(path)
    to, to_room = split(include)
    if top == "tests":
        return None
    if to == "tests":
        return "only tests include tests/"
    if top == "platform" and to in SERVICES + ("gateway", "cli"):
        return "platform/ knows no service"
    if top == "platform" and room == "base" and to == "platform" and to_room != "base":
        return "platform/base stands on nothing"
    if top in SERVICES + ("gateway",) and to in SERVICES + ("gateway", "cli") and to != top:
        return "a service talks to another over the wire only"
    if top == "gateway" and room == "store" and (include.startswith(WIRE) or (to == "platform" and to_room not in ("base", "db"))):
        return "store/ holds SQL, nothing else"
    if top == "cli" and to in SERVICES + ("gateway",) and not path.startswith("cli/migrate/"):
        return "the command line calls the public API only"
    if top not in SERVICES or room == "":
        return None
    if room not in ROOMS:
        return f"no such room; there are {', '.join(ROOMS)}"
    if include.endswith("/stored.pb.h"):  # what columns hold, never sent to anybody
        return None if room == "store" else "only store/ knows what columns hold"
    rooms, platform, wire = ROOMS[room]
    if to == top and to_room not in rooms:
        return f"{room}/ may not know {to_room}/"
    if to == "platform" and to_room not in platform:
        return f"{room}/ may not know platform/{to_room}"
    if not wire and include.startswith(WIRE):
        return f"{room}/ may not know the wire"
    if room == "domain" and include.startswith(DOMAIN_FORBIDDEN):
        return "a rule is values in, values out"
    return None


def main():
    bad = 0
    for path in sys.stdin.read().split("\n"):
        if not path:
            continue
        with open(path, encoding="utf-8") as f:
            for number, line in enumerate(f, 1):
                found = re.match(r'\s*#\s*include\s+["<]([^">]+)[">]', line)
                why = found and problem(path, found.group(1))
                if why:
                    print(f"{path}:{number}: includes {found.group(1)}: {why}")
                    bad += 1
                if why := past_a_tenant(path, line):
                    print(f"{path}:{number}: {why}")
                    bad += 1
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
