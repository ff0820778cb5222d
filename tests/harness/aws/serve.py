"""moto on a free loopback port: prints one line of JSON with the port, and ends when its standard input does.

Beside moto: an access key id of twelve digits is the account that the request is for, so that each test file has an account of its own.
TestEventPattern, which moto leaves out, is answered by MiniStack's EventBridge, which knows all of a pattern's match types and refuses a
pattern as the service does. A refusal that moto words in XML is said in JSON to a caller who speaks that, as the services do. What else
moto does otherwise than AWS is put right in corrections.py.
"""

import asyncio
import json
import logging
import os
import re
import sys
from threading import Thread
from xml.etree import ElementTree

import corrections  # noqa: F401
from ministack.services import eventbridge
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

ACCOUNT = re.compile(r"Credential=(\d{12})/")


def test_event_pattern(request):
    headers = {name.lower(): value for name, value in request.headers.items()}
    answer = eventbridge.handle_request(request.method, request.path, headers, request.get_data(), {})
    status, answered, body = asyncio.run(answer)
    return Response(body, status=status, headers=answered)


def in_json(answer):
    if not answer.get_data().startswith(b"<?xml"):
        return answer
    error = ElementTree.fromstring(answer.get_data()).find(".//Error")
    body = {"__type": error.findtext("Code") + "Exception", "message": error.findtext("Message")}
    return Response(json.dumps(body), status=400, content_type="application/x-amz-json-1.1")


class Application:
    def __init__(self):
        self.moto = DomainDispatcherApplication(create_backend_app)

    def __call__(self, environ, start_response):
        if environ.get("HTTP_X_AMZ_TARGET") == "AWSEvents.TestEventPattern":
            return test_event_pattern(Request(environ))(environ, start_response)
        account = ACCOUNT.search(environ.get("HTTP_AUTHORIZATION", ""))
        if account:
            environ["HTTP_X_MOTO_ACCOUNT_ID"] = account.group(1)
        answer = Response.from_app(self.moto, environ, buffered=True)
        speaks_json = "HTTP_X_AMZ_TARGET" in environ or environ["PATH_INFO"].startswith("/v2/email/")
        return (in_json(answer) if speaks_json else answer)(environ, start_response)


logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = make_server("127.0.0.1", 0, Application(), threaded=True, request_handler=MotoRequestHandler)
# moto calls itself by it
os.environ["MOTO_PORT"] = str(server.port)
Thread(target=server.serve_forever, daemon=True).start()
print(json.dumps({"port": server.port}), flush=True)
# the end of whoever started this, however that comes
sys.stdin.read()
