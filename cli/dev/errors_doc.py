"""docs/errors.md, made from the sources: the catalogues (errors.cc of each service and what platform/ refuses) and the
reasons of single fields. Prints the page; fails when a reason is not catalogued, or nobody has written what to do about it.

Run in the root of the project.
"""
import glob
import re
import sys

PARTS = ("gateway", "survey_service", "scoring_service", "loop_service", "platform")
REASON = re.compile(r'"([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*)"')

# What a caller does about a failure of a whole request.
REMEDY = {
    "ALARM_RULE_NOT_FOUND": "Check the id, or make it: PATCH with allowMissing=true.",
    "ALREADY_ASKED": "Nothing; this survey has asked about it.",
    "BATCH_TOO_LARGE": "Send the items in several batches.",
    "BLACKOUT": "Ask again at the time in the metadata.",
    "BODY_TOO_LARGE": "Send less at once; batches may be larger than other requests.",
    "CALENDAR_NOT_FOUND": "Check the id, or make it: PATCH with allowMissing=true.",
    "CASE_ALREADY_OPEN": "Go on with the open case; its id is in the metadata.",
    "CASE_FULL": "Resolve or cancel the case.",
    "CASE_NOT_FOUND": "Check the id, and that the key belongs to the same tenant.",
    "CASE_TRANSITION_REFUSED": "Read the case again; choose a verb that its state allows.",
    "CATALOGUE_FULL": "Change or take again one of those there are.",
    "CHANNEL_NOT_FOUND": "Check the id, or make it: PATCH with allowMissing=true.",
    "CONFIRMATION_REQUIRED": "Say confirmedSize with the count in the metadata, if so many are meant; or draw fewer.",
    "CUSTOMER_NOT_FOUND": "Make the customer first: PATCH with allowMissing=true, or record an interaction of it.",
    "CUT_NOT_KEPT": "Ask for fewer dimensions at once, or for a shorter time.",
    "DAILY_LIMIT": "Ask again at the time in the metadata, or raise the survey's dailyLimit.",
    "DEADLINE_EXCEEDED": "Come again; allow more time. A write may have happened: use the same id or Idempotency-Key.",
    "FATIGUE_WINDOW": "Ask again at the time in the metadata, or say in reask why this person may be asked earlier.",
    "FLOOR_24H": "Ask again at the time in the metadata.",
    "HEADERS_TOO_LARGE": "Shorten the filter; send fewer consistency tokens.",
    "IDEMPOTENCY_KEY_REUSED": "Use a new key for a new request.",
    "ID_REUSED": "Use a new id, or send exactly what was sent before.",
    "IMPROVEMENT_NOT_FOUND": "Check the id.",
    "INBOUND_ADDRESS_UNKNOWN": "Ask the tenant's admin for the address; it may have been rotated or disabled.",
    "INBOUND_NOT_FOUND": "Check the id.",
    "INTERACTION_NOT_FOUND": "Check the id, and that the key belongs to the same tenant.",
    "INTERACTION_TOO_OLD": "Nothing; it is too long ago to be remembered.",
    "INTERACTION_VOIDED": "Record a new interaction; a void one stays void.",
    "INVALID_IDEMPOTENCY_KEY": "Send a shorter key, such as a UUID.",
    "INVALID_KEY": "Check that the whole key was copied, and which installation it is of.",
    "INVALID_MAIL": "Send the bytes of the mail as the mail server got them.",
    "INVALID_PATH": "Percent-encode each segment of the path once.",
    "INVALID_SIGNATURE": "Sign the body as it is sent, with the endpoint's secret; a proxy must not change it.",
    "INVITATION_NOT_FOUND": "Check the id.",
    "IN_PROGRESS": "Come again in a moment with the same Idempotency-Key: the answer of the first is then replayed.",
    "KEY_EXPIRED": "Make a new key.",
    "KEY_NOT_FOUND": "Check the id.",
    "KEY_NOT_LIVE": "Make a new key.",
    "KEY_REVOKED": "Make a new key.",
    "LINK_EXPIRED": "Nothing; a new invitation has a new link.",
    "LINK_REVOKED": "Nothing; the invitation was withdrawn.",
    "LINK_UNKNOWN": "Open the whole link, as it was sent.",
    "LINK_USED": "Nothing; it was answered.",
    "MAIL_LOOP": "Drop it: two machines are talking.",
    "MALFORMED_HTTP": "Send HTTP/1.1.",
    "MATCHES_EVERYTHING": "Set a condition; or say confirm=true, if every answer is to open a case.",
    "MEMBER_NOT_FOUND": "Check the id, or make it: PATCH with allowMissing=true.",
    "MESSAGES_UNAVAILABLE": "Come again after Retry-After.",
    "METRICS_FULL": "Use one of those there are.",
    "METRIC_NOT_FOUND": "Check the id, or make it: PATCH with allowMissing=true.",
    "METRIC_VERSIONS_FULL": "Make a metric under another id.",
    "METHOD_NOT_ALLOWED": "Use one of the methods in Allow.",
    "MISSING_KEY": "Send Authorization: Bearer hk_….",
    "MISSING_SCOPE": "Use a key that has the scope in the metadata.",
    "NEEDS_CUSTOMER_REPLY": "Contact the customer first, or say what they replied.",
    "NEEDS_FULL": "Write it down as a note.",
    "NOT_PUBLISHABLE": "Call from your server with a secret key.",
    "NOT_SAMPLED": "Nothing; this person is not among those whom this survey asks.",
    "NO_ADDRESS": "Call, or write by another channel.",
    "NO_CHANNEL": "Send the customer's mail address, or let the survey ask by another channel.",
    "NO_CONSENT": "Record that the customer agrees: POST /v1/customers/{id}/consents.",
    "NO_SOLUTION_PROPOSED": "Propose a solution first.",
    "NO_SUCH_PATH": "See /openapi.json for the paths.",
    "OVERLOADED": "Come again after Retry-After, with backoff.",
    "OVERRIDE_NOT_ALLOWED": "Ask somebody whose role the policy lets override.",
    "POLICY_RULE": "Ask again at the time in the metadata, or change the policy's rule.",
    "PROJECTION_BEHIND": "Come again after Retry-After with the same token.",
    "RATE_LIMITED": "Come again after Retry-After.",
    "REPLY_ADDRESS_UNKNOWN": "Give it to a person: it is for no case of this tenant.",
    "REQUEST_TIMEOUT": "Send the request at once, not in trickles.",
    "RESPONDENT_KIND": "Ask with a survey that is for this kind of respondent.",
    "RESPONSE_NOT_FOUND": "Check the id.",
    "RESPONSE_VOIDED": "Nothing; a void answer changes no more.",
    "ROOT_CAUSE_NOT_FOUND": "Check the id, or make it: PATCH with allowMissing=true.",
    "SCOPE_NEEDED": "Say scope: one of those in the metadata.",
    "SCOPE_NOT_HELD": "Let somebody make the key whose own key has the scope.",
    "SENDER_UNKNOWN": "Give it to a person; or write the address into the CRM, if it is the customer's.",
    "SETTINGS_FULL": "Change or take again one of those there are.",
    "SETTING_IN_USE": "Change those in the metadata first, then archive it.",
    "STORE_UNAVAILABLE": "Come again after Retry-After with the same id or Idempotency-Key.",
    "SURVEY_ARCHIVED": "Make a new survey.",
    "SURVEY_NOT_ACTIVE": "Activate the survey first.",
    "SURVEY_NOT_FOUND": "Check the id.",
    "SURVEY_TRANSITION_REFUSED": "Read the survey again; choose a verb that its state allows.",
    "TARGET_NOT_FOUND": "Check the id, or make it: PATCH with allowMissing=true.",
    "TARGET_TAKEN": "Change the target that is named in the metadata.",
    "TEAM_NOT_FOUND": "Check the id, or make it: PATCH with allowMissing=true.",
    "TENANT_NOT_FOUND": "Check the id.",
    "TENANT_SUSPENDED": "Ask the operator of the installation.",
    "TOO_MANY_FAILED_KEYS": "Stop trying keys; come again after Retry-After.",
    "TOO_MANY_INBOUNDS": "Use one of those there are.",
    "TOO_MANY_IN_FLIGHT": "Wait for answers before sending more.",
    "TOO_MANY_KEYS": "Use one of those there are.",
    "TOO_MANY_LIVE_KEYS": "Revoke one of the principal's keys first.",
    "TOO_MANY_ROWS": "Ask for fewer groups or longer intervals.",
    "TOO_MANY_SETTINGS": "Delete one first.",
    "TOO_MANY_WEBHOOKS": "Delete one first.",
    "TOUCHPOINT_NOT_FOUND": "Check the id, or make it: PATCH with allowMissing=true.",
    "UNSUBSCRIBED": "Nothing; the customer asked not to be surveyed.",
    "UNSUPPORTED_HTTP_VERSION": "Send HTTP/1.1.",
    "VERSION_MISMATCH": "Read the case again and decide anew.",
    "WAVE_DONE": "Nothing; make another wave.",
    "WAVE_NOT_FOUND": "Check the id.",
    "WEBHOOK_DISABLED": "Enable it first.",
    "WEBHOOK_NOT_FOUND": "Check the id.",
}
# Said between the processes or in a log; no caller of the public API sees them.
INSIDE = {
    "FEED_TRIMMED": "The reader was away for too long; rebuild its projection.",
    "FEED_WENT_BACK": "The source was restored from a backup; rebuild the reader's projection.",
    "NO_TENANT": "A call reached a service past the gateway.",
    "OTHER_PARTITIONS": "Start the process with the HOIAM_PARTITIONS that its schema was made with.",
    "UNKNOWN_EVENT": "The reader is older than its source; update it.",
}
TITLES = {
    "gateway": "The gateway: who calls, and what is sent",
    "survey_service": "Customers, interactions, surveys, answers",
    "scoring_service": "Scores and history",
    "loop_service": "Cases",
    "platform": "Everywhere",
}


def arguments(text, at):
    """The arguments of the call or list whose bracket is at text[at], as they are written, and where it ends."""
    parts, depth, begin, i = [], 0, at + 1, at
    while i < len(text):
        c = text[i]
        if c == '"':
            i += 1
            while text[i] != '"':
                i += 2 if text[i] == "\\" else 1
        elif c == "'" and text[i + 2:i + 3] == "'":
            i += 2
        elif c in "([{":
            depth += 1
        elif c in ")]}":
            depth -= 1
            if depth == 0:
                parts.append(text[begin:i].strip())
                return parts, i
        elif c == "," and depth == 1:
            parts.append(text[begin:i].strip())
            begin = i + 1
        i += 1
    return parts, i


def words(expression):
    """What an expression says: its texts, with … for what is only known at run time."""
    call = re.match(r"(?:absl::)?StrCat(\()", expression)
    if call:
        return "".join(words(a) for a in arguments(expression, call.start(1))[0])
    if re.fullmatch(r'(?:"(?:[^"\\]|\\.)*"\s*)+', expression):
        return "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', expression)).replace('\\"', '"').replace("\\\\", "\\")
    return "…"


def snake(code):
    return re.sub(r"(?<!^)([A-Z])", r"_\1", code).upper()


class Sources:
    def __init__(self):
        self.whole = {}     # part → reason → (code, words)
        self.fields = {}    # reason → {words: set of parts}
        self.problems = []
        for part in PARTS:
            for path in sorted(glob.glob(f"{part}/**/*.cc", recursive=True) + glob.glob(f"{part}/**/*.h", recursive=True)):
                with open(path, encoding="utf-8") as f:
                    self.read(part, path, re.sub(r"^\s*//.*$|(?<=[;{}])\s*//.*$", "", f.read(), flags=re.M))

    def read(self, part, path, text):
        helpers = {}        # functions of a catalogue that make failures of one code
        for m in re.finditer(r"absl::Status (\w+)\(absl::string_view reason[^;]*?\)\s*\{\s*return MakeError(\()", text):
            code, _, message = arguments(text, m.start(2))[0][:3]
            helpers[m.group(1)] = (snake(code.split("::k")[1]), words(message))
        for m in re.finditer(r"\b(\w+)(\()|(\{)(?=\"[A-Z])", text):
            name = m.group(1) or ""
            args, _ = arguments(text, m.start(2) if name else m.start(3))
            if name == "MakeError" and len(args) > 2 and "::k" in args[0] and REASON.fullmatch(args[1]):
                if part != "platform" and not path.endswith("/errors.cc"):
                    self.problems.append(f"{path}: {args[1]} is made outside of the service's errors.cc")
                self.add_whole(part, path, args[1].strip('"'), snake(args[0].split("::k")[1]), words(args[2]))
            elif name in helpers and args and REASON.fullmatch(args[0]):
                code, said = helpers[name]
                said = words(args[1]) if said == "…" else said.replace("…", words(args[1]), 1)
                self.add_whole(part, path, args[0].strip('"'), code, said)
            elif name in helpers and args and re.match(r"\w+\(", args[0]):
                # A reason out of a table of its own: `Refused(ReasonOf(rule), message)`.
                table = re.search(r"absl::string_view " + args[0].split("(")[0] + r"\([^)]*\) \{(.*?)\n\}", text, re.S)
                told = re.findall(r"std::string " + re.escape(args[1]) + r" = (.*?);\n", text[:m.start()], re.S)
                for reason in re.findall(r'return "([A-Z0-9_]+)";', table.group(1) if table else ""):
                    if reason != "INTERNAL":
                        self.add_whole(part, path, reason, helpers[name][0], words(told[-1] if told else args[1]))
            elif name in ("Add", "BadField", "Refuse", "Refused", "") and not path.endswith("test.cc"):
                self.add_field(part, path, name, args)

    def add_whole(self, part, path, reason, code, said):
        known = self.whole.setdefault(part, {})
        if reason in known and known[reason][0] != code:
            self.problems.append(f"{path}: {reason} is {code} here and {known[reason][0]} elsewhere")
        # Of several, the one that says most.
        if reason not in known or len(said) > len(known[reason][1]):
            known[reason] = (code, said)
        if reason not in REMEDY and reason not in INSIDE:
            self.problems.append(f"{path}: nobody has written what to do about {reason} (cli/dev/errors_doc.py)")

    def add_field(self, part, path, name, args):
        for i, arg in enumerate(args[:2]):
            reason = REASON.fullmatch(arg)
            if not reason or i + 1 >= len(args):
                continue
            said = words(args[i + 1])
            if name == "" and not re.search(r"[a-z]{2} ", said):
                return      # a list of something else
            if said != "…" or reason.group(1) not in self.fields:
                self.fields.setdefault(reason.group(1), {}).setdefault(said, set()).add(part)
            return


def http_codes():
    with open("gateway/http/render.cc", encoding="utf-8") as f:
        text = f.read()
    by_reason = {r: int(c) for r, c in re.findall(r'ReasonCode\{"(\w+)",\s*(\d+)\}', text)}
    by_code = {}
    for cases, code in re.findall(r"((?:case absl::StatusCode::k\w+:\s*)+)return (\d+);", text):
        for c in re.findall(r"::k(\w+):", cases):
            by_code[snake(c)] = int(code)
    return by_reason, by_code


def compared():
    """Reasons that the code looks for in what it was answered."""
    for part in PARTS + ("cli",):
        for path in sorted(glob.glob(f"{part}/**/*.cc", recursive=True)):
            with open(path, encoding="utf-8") as f:
                for m in re.finditer(r'(?:[Rr]eason|ReasonOf\([^;]*?\)|reason\(\)) [!=]= "([A-Z_0-9]+)"', f.read()):
                    yield path, m.group(1)


def cell(text):
    return text.replace("|", "\\|").replace("\n", " ")


def page(sources):
    by_reason, by_code = http_codes()
    yield """# Failures

Made from the sources by `./dev check --fix`; `./dev check` fails when it is not what the sources say.

A failure is a `google.rpc.Status`, over REST as `{"error":{"code","status","message","details"}}`. Its `details` hold a
`google.rpc.ErrorInfo` with a `reason`: **program against the reason**, never against the text. Bad input has a `google.rpc.BadRequest`
besides, which names every bad field at once. `INTERNAL` says no more than "internal error" and the request id (`X-Request-Id`): tell it to
whoever runs the installation.

Coming again helps with 429, 503 and 504 (after `Retry-After`, with backoff), and with 409 `IN_PROGRESS`. It never helps with another 4xx.
`…` stands for what is only known at the time."""
    for part in PARTS:
        rows = {r: v for r, v in sources.whole.get(part, {}).items() if r in REMEDY}
        if not rows:
            continue
        yield f"\n## {TITLES[part]}\n\n| reason | status | HTTP | says | what to do |\n|---|---|---|---|---|"
        for reason, (code, said) in sorted(rows.items()):
            yield f"| `{reason}` | `{code}` | {by_reason.get(reason, by_code.get(code, 500))} | {cell(said)} | {cell(REMEDY[reason])} |"
    yield "\n## Bad fields\n\nAll of them are `INVALID_ARGUMENT`, HTTP 400. The violation's `field` says where.\n\n| reason | what is wrong, or what would be right |\n|---|---|"
    for reason, texts in sorted(sources.fields.items()):
        said = sorted(t for t in texts if t != "…") or ["see its text"]
        yield f"| `{reason}` | {cell('; '.join(said[:4]))}{'; …' if len(said) > 4 else ''} |"
    yield "\n## Inside\n\nIn the log and on `/readyz?verbose`; callers never see them.\n\n| reason | what it means, or what to do |\n|---|---|"
    inside = {r for rows in sources.whole.values() for r in rows if r in INSIDE}
    for reason in sorted(inside):
        yield f"| `{reason}` | {cell(INSIDE[reason])} |"


def main():
    sources = Sources()
    made = {r for rows in sources.whole.values() for r in rows}
    known = made | set(sources.fields) | set(http_codes()[0])
    for path, reason in compared():
        if reason not in known:
            sources.problems.append(f"{path}: looks for {reason}, which nothing says")
    for reason in http_codes()[0]:
        if reason not in made | set(sources.fields):
            sources.problems.append(f"gateway/http/render.cc: has a code for {reason}, which nothing says")
    for reason in sorted((set(REMEDY) | set(INSIDE)) - made):
        sources.problems.append(f"cli/dev/errors_doc.py: says what to do about {reason}, which nothing says")
    for problem in sorted(set(sources.problems)):
        print(problem, file=sys.stderr)
    print("\n".join(page(sources)))
    sys.exit(1 if sources.problems else 0)


if __name__ == "__main__":
    main()
