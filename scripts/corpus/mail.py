# SPDX-License-Identifier: GPL-3.0-or-later
"""Mail as bytes: a letter with parts, one without, a mailbox."""

import base64
import quopri

HEAD = """Return-Path: <gull@example.org>
Received: from mail.example.org by example.net; Mon, 1 Jan 2024 12:00:03 +0100
From: =?utf-8?Q?J=C3=B6rg_M=C3=B6we?= <gull@example.org>
To: =?iso-8859-1?Q?Zo=EB?= <zoe@example.net>,
\tharbour@example.net
Subject: =?utf-8?B?RMO2bmVy?= =?utf-8?Q?_am_Hafen?=
Date: Mon, 01 Jan 2024 12:00:00 +0100
Message-ID: <1@example.org>
MIME-Version: 1.0
"""

# HEAD as it is shown.
SHOWN = """From: Jörg Möwe <gull@example.org>
To: Zoë <zoe@example.net>, harbour@example.net
Subject: Döner am Hafen
Date: Mon, 01 Jan 2024 12:00:00 +0100

"""

BODY = "Grüße vom Kai.\n\nDie Fähre geht um sechs.\n"


def parts(boundary, *contents):
    """Contents of a multipart."""
    return ("".join(f"--{boundary}\n{content}\n" for content in contents)
            + f"--{boundary}--\n")


def with_parts():
    plain = ("Content-Type: text/plain; charset=iso-8859-1\n"
             "Content-Transfer-Encoding: quoted-printable\n\n"
             + quopri.encodestring(BODY.encode("latin-1")).decode())
    page = ("Content-Type: text/html; charset=utf-8\n"
            "Content-Transfer-Encoding: base64\n\n"
            + base64.encodebytes(b"<p>Not this one.</p>").decode())
    note = "Content-Type: text/plain\n\nSent from the harbour.\n"
    inner = ("Content-Type: multipart/alternative; boundary=\"in\"\n\n"
             + parts("in", plain, page))
    return (HEAD + "Content-Type: multipart/mixed; boundary=\"out\"\n\n"
            "For programs without MIME.\n"
            + parts("out", inner, note)).encode()


def html_only():
    page = ("<html><head><title>no</title></head><body><h1>Times</h1><table>"
            "<tr><td>Gull</td><td>6&nbsp;h</td></tr></table></body></html>")
    return (HEAD + "Content-Type: text/html\n\n" + page + "\n").encode()


def flowed():
    return (HEAD + "Content-Type: text/plain; format=flowed; charset=koi8-r\n\n"
            "Паром идёт \nв шесть.\n\n> Когда \n> он идёт?\n").encode("koi8-r")


def mailbox():
    letter = ("From gull@example.org Mon Jan  1 11:00:0{0} 2024\n"
              "From: gull@example.org\nSubject: Letter {0}\n\n"
              "This is letter {0}.\n>From the harbour.\n\n")
    return "".join(letter.format(number) for number in (1, 2, 3)).encode()


def emlx():
    message = (HEAD + "\nShort.\n").encode()
    return (b"%-11d\n" % len(message) + message
            + b'<?xml version="1.0" encoding="UTF-8"?>\n<plist/>\n')


def cut():
    whole = with_parts()
    return whole[:whole.index(b"the harbour.")]


def encrypted():
    return (HEAD + "Content-Type: multipart/encrypted; boundary=\"e\";\n"
            " protocol=\"application/pgp-encrypted\"\n\n"
            + parts("e", "Content-Type: application/pgp-encrypted\n\nVersion: 1\n",
                    "Content-Type: application/octet-stream\n\n"
                    "-----BEGIN PGP MESSAGE-----\n")).encode()
