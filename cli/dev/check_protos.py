"""Checks of protos/, without anything beyond protoc and the standard library.

  check_protos.py comments FILE…      every message, field, enum value, oneof, service and rpc has a comment above it
  check_protos.py breaks OLD NEW      NEW (descriptor set as protoc --decode prints it) still understands what OLD says
"""
import re
import sys

DECLARATION = re.compile(
    r"^\s*(?:(message|enum|service|oneof|rpc)\s+(\w+)"
    r"|(?:optional\s+|repeated\s+)?(?:map<[^>]+>|[\w.]+)\s+(\w+)\s*=\s*-?\d+"
    r"|([A-Z][A-Z0-9_]*)\s*=\s*-?\d+)")


def uncommented(path):
    """(line, name) of everything that says nothing. `enum Code` speaks by the message around it (AIP-126)."""
    above = ""
    with open(path, encoding="utf-8") as f:
        for number, line in enumerate(f, 1):
            text = line.strip()
            found = DECLARATION.match(line)
            if found and not text.startswith(("option ", "syntax", "package", "import", "extend")):
                name = next(g for g in found.groups()[1:] if g)
                # A line of a method's options is no declaration of its own.
                if not above.startswith("//") and not (found.group(1) == "enum" and name == "Code"):
                    yield number, name
            if text:
                above = text


def parse(lines):
    """protobuf's text format as nested lists of (name, value or list)."""
    node = []
    for line in lines:
        text = line.strip()
        if text.endswith("{"):
            node.append((text[:-1].strip(), parse(lines)))
        elif text == "}":
            return node
        elif ": " in text:
            name, value = text.split(": ", 1)
            node.append((name, value.strip('"')))
    return node


def one(node, name, default=""):
    return next((v for n, v in node if n == name), default)


def every(node, name):
    return [v for n, v in node if n == name]


def facts(descriptor_set):
    """What callers rely on: {what: how}. A fact that is gone or different is a break."""
    out = {}

    def message(prefix, m):
        name = f"{prefix}.{one(m, 'name')}"
        out[f"message {name}"] = ""
        for field in every(m, "field"):
            how = f"{one(field, 'name')} {one(field, 'type')} {one(field, 'label')} {one(field, 'type_name')}"
            out[f"field {one(field, 'number')} of {name}"] = how
        for inner in every(m, "nested_type"):
            message(name, inner)
        for inner in every(m, "enum_type"):
            enum(name, inner)

    def enum(prefix, e):
        name = f"{prefix}.{one(e, 'name')}"
        for value in every(e, "value"):
            out[f"value {one(value, 'number', '0')} of {name}"] = one(value, "name")

    for file in every(descriptor_set, "file"):
        package = one(file, "package")
        if not package.startswith("hoiam."):
            continue
        for m in every(file, "message_type"):
            message(package, m)
        for e in every(file, "enum_type"):
            enum(package, e)
        for service in every(file, "service"):
            name = f"{package}.{one(service, 'name')}"
            for rpc in every(service, "method"):
                streams = one(rpc, "client_streaming"), one(rpc, "server_streaming")
                out[f"rpc {name}.{one(rpc, 'name')}"] = f"{one(rpc, 'input_type')} → {one(rpc, 'output_type')} {streams}"
    return out


def breaks(old, new):
    for what, how in old.items():
        if what not in new:
            yield f"{what} is gone ({how})" if how else f"{what} is gone"
        elif new[what] != how:
            yield f"{what} was {how}, is {new[what]}"


def main():
    bad = 0
    if sys.argv[1] == "comments":
        for path in sys.argv[2:]:
            for number, name in uncommented(path):
                print(f"{path}:{number}: {name} has no comment")
                bad += 1
    else:
        old, new = (facts(parse(iter(open(p, encoding="utf-8").readlines()))) for p in sys.argv[2:4])
        for line in breaks(old, new):
            print(line)
            bad += 1
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
