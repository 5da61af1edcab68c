#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
# listen.sh - --metrics-listen: what it answers, and whom.
. "${srcdir:-.}/tests/cli/lib.sh"

run --metrics-listen=nowhere:1 x
exits 2 "wrong usage"
if grep -qF 'built without' "$err"; then
    stderr_has 'needs libmicrohttpd'
    finish
    exit
fi
stderr_has 'is not PORT or ADDR:PORT'
for place in '' 70000 127.0.0.1 ::1:9100 '[::1]' localhost: example.org:80; do
    run --metrics-listen="$place" x
    exits 2 "'$place' is no place"
done
run --version
ok "the version names the library" grep -q 'libmicrohttpd [0-9]' "$out"

# listens ARG...: starts a run that waits for paths on descriptor 9; sets port.
listens() {
    rm -f list
    mkfifo list
    start -v -j 2 "$@" -T list
    exec 9>list
    wait_until grep -q 'figures at http://' "$err"
    port=$(sed -n 's|.*figures at http://\(.*\)/$|\1|p' "$err")
    port=${port#127.0.0.1:}
}
ask() { python3 "$srcdir/tests/cli/ask.py" "$port" "$@" >answer; }
body() { sed '1,/^$/d' answer; }
gives() { is "$(head -n 1 answer)" "$1" "$2"; }
HOST="Host: localhost"

printf 'one\n' >a.txt
printf 'junk\0\001' >bad.bin
listens -o tree --metrics-listen=0
ok "a port was picked" test "$port" -gt 0
printf 'a.txt\nbad.bin\n' >&9
tried() {
    sleep 0.3 # a look is good for a while
    ask GET /stats "$HOST" && body | jq -e '.documents.ok == 1 and .documents.failed == 1'
}
wait_until tried
gives 200 "statistics"
is "$(body | jq -c '[.running, .pid, .lanes.count]')" "[true,$pid,2]" "are live"
nok "and name no document" grep -q 'a\.txt' answer
ask GET /metrics "$HOST"
gives 200 "metrics"
ok "of the version that was asked for" grep -q '^content-type: text/plain; version=0.0.4' answer
body >m.prom
ok "are valid" python3 "$srcdir/tests/cli/promcheck.py" m.prom
ok "with the run" grep -qxF 'extract_documents_total{type="text",tier="tiny",status="ok"} 1' m.prom
ask GET /history "$HOST"
wait_until eval 'ask GET /history "$HOST" && [ "$(body | jq ".queue | length")" -gt 0 ]'
is "$(body | jq -c '[.[] | length] | unique | length')" 1 "a history"
ask GET / "$HOST"
gives 200 "a page"
ok "whose policy allows its own parts alone" grep -qE \
    "^content-security-policy: default-src 'none'; script-src 'sha256-[^']*'; style-src 'sha256-[^']*'; connect-src 'self'" answer
nok "it needs nothing from elsewhere" eval \
    "body | sed 's|http://www.w3.org/2000/svg||' | grep -qE '(src|href)=[\"'\'']?(https?:)?//|https?://|@import|url\('"
ask GET '/stats?x=1' "$HOST"
gives 200 "a query does not matter"

# Whom it answers.
ask HEAD /stats "$HOST"
gives 200 "HEAD"
is "$(body | wc -c)" 0 "has no body"
for method in POST PUT DELETE OPTIONS TRACE CONNECT PATCH X; do
    ask "$method" /stats "$HOST"
    gives 405 "$method"
done
ok "what is allowed is said" grep -qx 'allow: GET, HEAD' answer
for path in /x /stats/ //stats /../stats /../../etc/passwd /%2e%2e/%2e%2e/etc/passwd \
    /a.txt /index.html; do
    ask GET "$path" "$HOST"
    gives 404 "$path is nothing"
done
for host in "$HOST" "Host: 127.0.0.1:$port" "Host: [::1]:1" "host: LOCALHOST"; do
    ask GET /stats "$host"
    gives 200 "$host"
done
for host in "Host: example.org" "Host: example.org:$port" "Host: 10.0.0.1" "Host: " \
    "Host: localhost.example.org" "X: y"; do
    ask GET /stats "$host"
    is "$(head -n 1 answer | grep -cx '40[03]')" 1 "$host is somebody else's name"
done
for junk in '\r\n\r\n' 'GET\r\n\r\n' 'GET /stats\r\n\r\n' '\x16\x03\x01\x02\x00\x01\x00' \
    'GET /stats HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\nhello' \
    'GET /stats HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n' \
    'GET /stats HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'; do
    timeout 20 python3 "$srcdir/tests/cli/ask.py" "$port" - "$junk" >answer
    nok "junk gets no figures" grep -q '"documents"' answer
done
python3 - "$port" <<'PY'
import socket, sys
port = int(sys.argv[1])
s = socket.create_connection(("127.0.0.1", port))
s.sendall(b"GET /stats HTTP/1.1\r\nX: " + b"a" * 100000 + b"\r\n\r\n")
try:
    assert b"documents" not in s.recv(65536)
except ConnectionError:
    pass
# More connections than it has: what they hold it takes back after a while.
held = [socket.create_connection(("127.0.0.1", port)) for _ in range(60)]
for s in held:
    s.sendall(b"GET /stats HTT")
PY
wait_until tried
gives 200 "it goes on after those that say nothing"
kill -0 "$pid"
exec 9>&-
wait_run
exits 1 "and the run to its end"
nok "the text has come" test -z "$(cat tree/a.txt.txt)"
nok "nobody listens any more" ask GET /stats "$HOST"

# Where.
listens --metrics-listen=127.0.0.1:0
run -o kept --metrics-listen="$port" a.txt
exits 3 "a port that is taken"
stderr_has "cannot listen at 127.0.0.1:$port: Address already in use"
nok "nothing was begun" test -e kept
exec 9>&-
wait_run
if python3 -c 'import socket; socket.socket(socket.AF_INET6).bind(("::1", 0))' 2>/dev/null; then
    listens --metrics-listen='[::1]:0'
    ask GET /stats 'Host: [::1]'
    gives 200 "IPv6 in brackets"
    exec 9>&-
    wait_run
else
    skip "IPv6 in brackets" "there is no IPv6"
fi

finish
