#!/usr/bin/env python3
"""Makes records for tests/run-records, and reads them again without any code of declutter's.

usage: records.py jsonl | bad | deep | peak COMMAND | compare BEFORE AFTER | texts | wet | wet-gz | read-wet
"""
import base64
import gzip
import hashlib
import io
import json
import pathlib
import random
import sys

ROOT = pathlib.Path(__file__).resolve().parent
PAGES = sorted((ROOT / "cases").glob("*page*/input")) + sorted((ROOT / "sites").glob("*/?.txt"))


def texts():
    return [path.read_bytes().decode("utf-8", "replace") for path in PAGES]


def spell(text, rng):
    """The text as a JSON string with escapes of every kind, at random."""
    short = {"\b": "b", "\f": "f", "\n": "n", "\r": "r", "\t": "t", '"': '"', "\\": "\\", "/": "/"}
    out = []
    for c in text:
        kind = rng.random()
        if c in short and kind < 0.7:
            out.append("\\" + short[c])
        elif ord(c) < 32 or c in '"\\' or kind > 0.97:
            out += [f"\\u{unit:04{rng.choice('xX')}}" for unit in units(c)]
        else:
            out.append(c)
    return '"' + "".join(out) + '"'


def units(c):
    data = c.encode("utf-16-be", "surrogatepass")
    return [data[i] << 8 | data[i + 1] for i in range(0, len(data), 2)]


def make_jsonl(rng):
    """Records that are good; every other byte of them must come out as it is."""
    for number, text in enumerate(texts()):
        text += rng.choice(["", "\nWith \U0001f600 and \u20ac and \x01.\n", "\r\nEnd"])
        others = ['"n": 1' + "0" * 30, '"f":1e400', '"z" : -0.0E-7', '"a":[1,{"text":"inner"}]',
                  '"s":"\\ud83d\\ude00\\u00e9"', '"text2":"Advertisement"', '"\\u0074":null']
        rng.shuffle(others)
        at = rng.randrange(len(others) + 1)
        members = others[:at] + ['"text"' + rng.choice([":", " : "]) + spell(text, rng)] + others[at:]
        yield "{" + rng.choice([",", " , ", ",\t"]).join(members) + "}" + rng.choice(["", " ", "\r"])


def body_of(line):
    """The text's place in a line: the raw string of the last member of that name."""
    decoder = json.decoder.scanstring
    at, depth, key, found = 0, 0, None, None
    while at < len(line):
        c = line[at]
        if c == '"':
            value, end = decoder(line, at + 1)
            rest = line[end:].lstrip()
            if depth == 1 and rest.startswith(":"):
                key = value
            elif depth == 1 and key == "text":
                found, key = (at + 1, end - 1), None
            at = end
            continue
        depth += (c in "{[") - (c in "}]")
        at += 1
    return found


def compare(before, after):
    """All bytes but the text's are the same, and the text is a selection of its lines."""
    for number, (old, new) in enumerate(zip(before, after, strict=True)):
        a, b = body_of(old), body_of(new)
        assert old[:a[0]] == new[:b[0]] and old[a[1]:] == new[b[1]:], number
        lines = iter(json.loads(old)["text"].split("\n"))
        for line in json.loads(new)["text"].rstrip("\n").split("\n"):
            assert line == "" or any(line == other for other in lines), (number, line)


def header(kind, body, extra=""):
    digest = base64.b32encode(hashlib.sha1(body).digest()).decode()
    return (f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://example.org/\r\n"
            f"WARC-Block-Digest: sha1:{digest}\r\n{extra}Content-Length: {len(body)}\r\n\r\n").encode()


def make_wet(packed):
    records = [("warcinfo", b"software: none\r\n")]
    records += [("conversion", text.encode()) for text in texts()]
    for kind, body in records:
        record = header(kind, body) + body + b"\r\n\r\n"
        sys.stdout.buffer.write(gzip.compress(record, mtime=0) if packed else record)


def read_wet():
    """Each record with its length and digest checked; the bodies of conversions."""
    data = sys.stdin.buffer.read()
    stream = io.BytesIO(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data)
    count = 0
    while line := stream.readline():
        assert line == b"WARC/1.0\r\n", line
        fields = {}
        while (line := stream.readline()) != b"\r\n":
            name, value = line.decode().rstrip("\r\n").split(": ", 1)
            fields[name.lower()] = value
        body = stream.read(int(fields["content-length"]))
        assert stream.read(4) == b"\r\n\r\n"
        digest = "sha1:" + base64.b32encode(hashlib.sha1(body).digest()).decode()
        assert fields["warc-block-digest"] == digest, fields
        count += 1
        if fields["warc-type"] == "conversion":
            sys.stdout.buffer.write(body + b"\0")
    print(count, "records", file=sys.stderr)


def make_bad(rng):
    """Lines of which every second is bad, each in its own way."""
    good = '{"text":"Advertisement\\nThe council met.\\n"}'
    for bad in ('{"text":"cut', '[1,2', '{"text":1}', '{"other":"x"}', '{"text":"\\q"}', "nonsense",
                '{"text":"a"} {"text":"b"}', '{"text":"x",}'):
        yield good
        yield bad


def make_deep(rng):
    """Records that look bad and are not."""
    yield '{"a":' + "[" * 10000 + "]" * 10000 + ',"text":"Advertisement\\nKept.\\n"}'
    yield '{"text":"First","text":"Advertisement\\nKept.\\n"}'
    yield '{"text":null}'
    yield ""
    yield '{"text":""}'
    yield '{"text":"Advertisement\\u000aKept.\\u000A"}'
    yield '{"text":"Advertisement\\n\udcff\udcfe lone \\ud800 bytes\\n"}'


def peak(command):
    """The most memory of a command, in MiB."""
    import resource
    import subprocess
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)


def main():
    what, rng = sys.argv[1], random.Random(1)
    if what == "jsonl":
        print("\n".join(make_jsonl(rng)))
    elif what in ("bad", "deep"):
        lines = {"bad": make_bad, "deep": make_deep}[what](rng)
        sys.stdout.buffer.write("".join(l + "\n" for l in lines).encode("utf-8", "surrogateescape"))
    elif what == "peak":
        peak(sys.argv[2:])
    elif what == "compare":
        read = lambda path: open(path, encoding="utf-8", newline="\n").read().split("\n")[:-1]
        compare(read(sys.argv[2]), read(sys.argv[3]))
    elif what == "texts":
        sys.stdout.write("".join(text + "\0" for text in texts()))
    elif what == "wet":
        make_wet(packed=False)
    elif what == "wet-gz":
        make_wet(packed=True)
    elif what == "read-wet":
        read_wet()


main()
