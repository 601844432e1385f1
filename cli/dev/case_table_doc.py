"""docs/cases.md with the life cycle of a case as loop_service/domain/case_state.h has it, between the two marks. Prints
the page.

Run in the root of the project.
"""
import re
import sys

SOURCE = "loop_service/domain/case_state.h"
PAGE = "docs/cases.md"
BEGIN = "<!-- the table of loop_service/domain/case_state.h, by ./dev check --fix -->\n"
END = "<!-- the table ends -->\n"


def words(name):
    """kAwaitReply → await reply."""
    return re.sub(r"(?<!^)([A-Z])", r" \1", name[1:]).lower()


def table():
    with open(SOURCE, encoding="utf-8") as f:
        text = f.read()
    states = re.findall(r"CaseState::(k\w+)", re.search(r"kCaseStates = \{(.*?)\};", text, re.S).group(1))
    short = dict(re.findall(r"(\w{3,4}) = CaseState::(k\w+)", text))
    rows = re.findall(r"CaseMoves\{CaseVerb::(k\w+),\s*\{([^}]*)\}\}", text)
    title = {state: words(state).replace(" ", "_").upper() for state in states}
    yield "| | " + " | ".join(title[s] for s in states) + " |"
    yield "|---" * (len(states) + 1) + "|"
    for verb, cells in rows:
        to = [title[short[c]] if c in short else "–" for c in cells.replace(" ", "").split(",")]
        yield f"| {words(verb)} | " + " | ".join(to) + " |"


def main():
    with open(PAGE, encoding="utf-8") as f:
        page = f.read()
    if page.count(BEGIN) != 1 or page.count(END) != 1:
        sys.exit(f"{PAGE}: has no place for the table, between\n{BEGIN}{END}")
    before, after = page.split(BEGIN)[0], page.split(END)[1]
    sys.stdout.write(before + BEGIN + "\n" + "\n".join(table()) + "\n\n" + END + after)


if __name__ == "__main__":
    main()
