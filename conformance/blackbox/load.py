"""Many clients at a time:  load.py PORT CLIENTS SECONDS

Each publishes, and again as soon as it has a response: `{"data": N}` with the header X-Token: N, for N from 1. Prints as
JSON how many messages were sent and which responses were no 403. It is a process of its own since the cases, which run side by
side in one, wait with select(), which knows no more than 1024 files.
"""

import asyncio
import json
import re
import resource
import sys
import time


class Load:
    def __init__(self, port, clients, seconds):
        self.port, self.clients, self.end = port, clients, time.monotonic() + seconds
        self.sent, self.wrong = 0, []

    async def run(self):
        await asyncio.gather(*(self._client() for _ in range(self.clients)))

    async def _client(self):
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        while time.monotonic() < self.end:
            self.sent += 1
            token = str(self.sent).encode()
            body = b'{"data": "%s"}' % token
            writer.write(b"POST /sse HTTP/1.1\r\nHost: x\r\nX-Token: %s\r\nContent-Type: application/json\r\n"
                         b"Content-Length: %d\r\n\r\n%s" % (token, len(body), body))
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(int(re.search(rb"(?i)content-length: (\d+)", head)[1]))
            if head.split()[1] != b"403":
                self.wrong.append(head.split(b"\r\n")[0].decode())
        writer.close()


def main():
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    load = Load(int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]))
    asyncio.run(load.run())
    print(json.dumps({"sent": load.sent, "wrong": load.wrong[:3]}))


if __name__ == "__main__":
    main()
