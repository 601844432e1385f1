"""A real mail server for tests.

serve FILE   listens on a free port of 127.0.0.1, prints it, and appends each mail it took to FILE, as a line of JSON.
show FILE    prints what is in FILE as one JSON array, decoded.

The recipient says what becomes of a mail: "nobody…" is no mailbox, "later…" is asked to come again, "spam…" is refused
once its content is there, "policy…" may not be written to by us.
"""
import asyncio
import email
import email.policy
import json
import sys

from aiosmtpd.smtp import SMTP


class Handler:
    """Keeps mails in a file."""

    def __init__(self, path):
        self.out = open(path, "ab", buffering=0)

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody"):
            return "550 5.1.1 no such mailbox here"
        if address.startswith("policy"):
            return "554 5.7.1 relay access denied"
        if address.startswith("later"):
            return "451 4.3.0 come again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if envelope.rcpt_tos[0].startswith("spam"):
            return "554 5.6.0 content refused"
        mail = {"from": envelope.mail_from, "to": envelope.rcpt_tos, "raw": envelope.content.decode("latin-1")}
        self.out.write(json.dumps(mail).encode() + b"\n")
        return "250 OK"


async def serve(path):
    """Until it is killed."""
    handler = Handler(path)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(handler, enable_SMTPUTF8=True), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


def show(path):
    """What a mail program makes of the mails."""
    mails = []
    with open(path, encoding="ascii") as lines:
        for line in lines:
            if not line.endswith("\n"):
                break  # being written
            taken = json.loads(line)
            message = email.message_from_bytes(taken["raw"].encode("latin-1"), policy=email.policy.default)
            parts = {p.get_content_type(): p.get_content() for p in message.walk() if not p.is_multipart()}
            mails.append({
                "from": taken["from"],
                "to": taken["to"],
                "type": message.get_content_type(),
                "headers": {name: str(value) for name, value in message.items()},
                "text": parts.get("text/plain", ""),
                "html": parts.get("text/html", ""),
            })
    json.dump(mails, sys.stdout)


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        asyncio.run(serve(sys.argv[2]))
    else:
        show(sys.argv[2])
